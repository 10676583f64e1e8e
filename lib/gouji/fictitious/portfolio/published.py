"""Makes the text that a department publishes of a year: its tables and narrative, marked as fictitious."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from gouji.fictitious.departments.facts import NarrativeFacts
from gouji.fictitious.departments.further import PUBLIC, further, no_running_costs, running_costs
from gouji.fictitious.departments.make import STYLES, publish
from gouji.fictitious.departments.model import FictitiousDepartment
from gouji.fictitious.departments.money import percent_text
from gouji.fictitious.departments.style import paragraphs
from gouji.fictitious.departments.templates import TEMPLATES
from gouji.fictitious.portfolio.body import Body
from gouji.fictitious.portfolio.years import Procurement, Year

DISCLAIMER = "本文件为虚构：所述地区、部门与全部数字均由程序生成，仅供演示与测试，不对应任何真实地区、机构或个人。"


def published(rng: Random, body: Body, year: Year) -> FictitiousDepartment:
    """Returns the account without errors, in its province's form."""
    form = replace(TEMPLATES[body.region.template], year=year.year)

    def write(facts: NarrativeFacts) -> list[str]:
        more = further(facts, _running(facts, body), _procured(facts, year.procurement))
        return [*paragraphs(STYLES[body.style], facts), *more]

    department = publish(rng, form, body.name, year.truth, write, body.told_in_yuan)
    return replace(department, profile=_profile(body, year))


def _profile(body: Body, year: Year) -> tuple[str, ...]:
    """Returns the 概况: its tasks, its parts, its staff."""
    return (
        DISCLAIMER,
        "一、部门职责",
        f"{body.name}{body.office.duties}",
        "二、机构设置及决算单位构成",
        f"{body.name}位于{body.region.name}，为{body.kind}。{year.year}年部门决算汇总公开单位构成包括：{body.name}本级。",
        f"截至{year.year}年12月31日，在职人员{year.staff}人，离退休人员{year.retired}人。",
    )


def _running(facts: NarrativeFacts, body: Body) -> str:
    if body.office.institution:
        return no_running_costs(facts)
    change = facts.change(PUBLIC)
    moved = "与上年决算数持平"
    if change.sign:
        size, rate = ("增加", "增长") if change.sign > 0 else ("减少", "下降")
        moved = f"比{facts.last_year}年度{size}{change.size}，{rate}{change.rate}"
    return running_costs(facts, f"，{moved}，主要原因是{facts.reason(change.sign)}")


def _procured(facts: NarrativeFacts, procured: Procurement) -> str:
    parts = {"货物": procured.goods, "工程": procured.works, "服务": procured.services}
    told = "、".join(f"政府采购{name}支出{facts.text(cents)}" for name, cents in parts.items())
    return (
        f"{facts.year}年度政府采购支出总额{facts.text(procured.total)}，其中：{told}。"
        f"授予中小企业合同金额{facts.text(procured.medium)}，占政府采购支出总额的"
        f"{percent_text(procured.medium, procured.total)}，其中：授予小微企业合同金额{facts.text(procured.small)}，"
        f"占授予中小企业合同金额的{percent_text(procured.small, procured.medium)}。"
    )
