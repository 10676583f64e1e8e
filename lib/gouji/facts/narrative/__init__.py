"""Turns sentences into claims: the topic and meaning of each figure, and of each word such as 减少 or 持平.

A paragraph is read once, from left to right: text → tokens → steps over the tokens, which change a `Reading` → claims.
Example, in a section on the three public expenses:

    公务接待费支出决算1.20万元，其中：国内接待费0.90万元，比上年减少0.30万元，下降25%。

1. `tokens.py` cuts it into tokens, each of a kind: `subject` 公务接待费, `final` 支出决算, `number` 1.20万元, `comma`,
   `parts` 其中, `colon`, `subject` 国内接待费, `number` 0.90万元, `comma`, `against` 比, `prior` 上年, `down` 减少,
   `number` 0.30万元, `comma`, `down` 下降, `number` 25%, `stop`. Which words are of which kind is said in
   `layouts/phrases.yaml`.
2. `grammar.py` takes one step for each token, by its kind:

   - Words are heard (`hearing.py`), and fill `Reading.said`: `run` is 公务接待费, `measures` is 决算.
   - A number becomes a claim (`figures.py`): `measures.py` finds the measure in what was said, `owners.py` the topic,
     `claims.py` makes the claim: 公务接待费, 决算, 1.20万元. What was said is then forgotten.
   - 其中 opens a list of parts (`parts.py`) whose whole is 公务接待费. 国内接待费 0.90万元 says no measure: it takes
     the list's, 决算.
   - The commas end clauses (`clauses.py`). The topic stays, so 减少0.30万元 refers to 国内接待费. 比上年 stays too:
     下降25% compares with 上年 though it does not say so.
   - The stop ends the sentence: the list is closed, and the comparison forgotten.

3. The claims: 公务接待费 决算 1.20万元; 国内接待费 决算 0.90万元, a part of it; 国内接待费 增减额 −0.30万元 and
   增减率 −25%, both against 上年. `read.py` makes facts of them.

How long something holds follows from its place in the `Reading` (`reading.py`):

=====================  ==========================================  ==============================================
Where                  Until                                       For example
=====================  ==========================================  ==============================================
`said`                 the next figure or the clause's end         the words 比上年减少
`since_figure`         the next figure                             whether a bracket was closed
`in_clause`            a comma, colon or the end of a bracket      figures joined by 、
`in_item`              a semicolon                                 what is compared with; whether this is a reason
`in_sentence`          a stop                                      the measure of the list at hand
`lists`, `brackets`    their own end, at the latest a stop         the whole of 其中
the other fields       the paragraph's end                         the topic; the claims so far
=====================  ==========================================  ==============================================

When its time ends, such an object is replaced with a new one, by a method of `Reading` (`begin_clause` and so on).
"""
