"""Sets up the papers' styles in Word: fonts under the names that Chinese systems have, sizes customary for official
papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from gouji.memo.paper import Mark, Style

SONG, HEI, FANG, KAI, WESTERN = "宋体", "黑体", "仿宋", "楷体", "Times New Roman"
_RED, _GREY, _BLACK = RGBColor(0xA4, 0x16, 0x1A), RGBColor(0x50, 0x5A, 0x64), RGBColor(0, 0, 0)
#: A tint behind labels and behind figures that others are compared with.
TINT = "EDEFF2"


class _Look(NamedTuple):
    """A paragraph style: font, size, space before and after, and line spacing as a multiple."""

    font: str
    size: float
    before: float = 0
    after: float = 0
    spacing: float = 1.3
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    bold: bool = False
    kept: bool = False
    #: First line's indent in characters, and the left indent in points.
    first: int = 0
    left: float = 0


_CENTER = WD_ALIGN_PARAGRAPH.CENTER
#: Word's names of our paragraph styles. 二号 is 22 points, 小四 12, 五号 10.5.
_LOOKS: Mapping[Style, tuple[str, _Look]] = {
    Style.TITLE: ("Title", _Look(SONG, 22, 0, 4, 1.2, _CENTER, bold=True, kept=True)),
    Style.SUBTITLE: ("Subtitle", _Look(KAI, 15, 0, 12, 1.2, _CENTER, kept=True)),
    Style.BODY: ("Body Text", _Look(FANG, 12, 4, 4, 1.35, first=2)),
    Style.LEAD: ("导语", _Look(FANG, 10.5, 2, 4, 1.25, kept=True)),
    Style.QUOTE: ("引文", _Look(KAI, 11, 2, 4, 1.3, left=24)),
    Style.ADVICE: ("建议", _Look(FANG, 12, 8, 6, 1.3)),
    Style.CAPTION: ("表题", _Look(HEI, 10.5, 6, 2, 1.2, kept=True)),
    Style.SMALL: ("附注", _Look(FANG, 10.5, 5, 4, 1.25)),
}
_HEADINGS = {
    1: _Look(HEI, 16, 16, 6, 1.2, kept=True),
    2: _Look(HEI, 12, 12, 4, 1.25, kept=True),
}
_CELL = _Look(SONG, 9, 0, 0, 1.1)
_MARK_NAMES = {
    Mark.SUSPECT: "存疑数字",
    Mark.ASKED: "所问数字",
    Mark.OPPOSED: "相对表述",
    Mark.STRONG: "着重",
    Mark.SOFT: "位置",
}


def set_up_styles(document: Document) -> None:
    """Sets every style that the papers use."""
    _set_language(document)
    _apply(document.styles["Normal"], _Look(FANG, 12))
    for name, look in _LOOKS.values():
        _apply(_paragraph_style(document, name), look)
    for level, look in _HEADINGS.items():
        _apply(document.styles[f"Heading {level}"], look)
    for name in ("Header", "Footer"):
        _apply(document.styles[name], _Look(SONG, 9, align=_CENTER, spacing=1))
    _shade(_paragraph_style(document, _LOOKS[Style.ADVICE][0]))
    _set_up_marks(document)


def style_name(style: Style) -> str:
    """Returns the name of a paragraph's style in Word."""
    return _LOOKS[style][0]


def mark_name(mark: Mark) -> str:
    """Returns the name of a mark's character style in Word."""
    return _MARK_NAMES[mark]


def cell_style(size: float) -> str:
    """Returns the name of the style for table text of a size."""
    return f"表文{size:g}"


def set_up_cells(document: Document, size: float) -> None:
    """Adds the style for table text of a size where it is missing."""
    if cell_style(size) not in document.styles:
        _apply(_paragraph_style(document, cell_style(size)), _CELL._replace(size=size))


def style_id(name: str) -> str:
    """Returns the id that python-docx, like Word, gives the style of that name."""
    return name.replace(" ", "")


def set_fonts(style: ParagraphStyle | CharacterStyle, chinese: str, western: str = WESTERN) -> None:
    """Sets a style's fonts by name, in place of those of the theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if "heme" in name]:
        del fonts.attrib[name]
    for script, font in (("ascii", western), ("hAnsi", western), ("cs", western), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{script}"), font)


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    if name in document.styles:
        return cast(ParagraphStyle, document.styles[name])
    style = cast(ParagraphStyle, document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _apply(style: ParagraphStyle, look: _Look) -> None:
    set_fonts(style, look.font)
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
    style.font.color.rgb = _BLACK
    style.font.all_caps = False
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing, layout.alignment = look.spacing, look.align
    layout.left_indent, layout.first_line_indent = Pt(look.left), Pt(look.first * look.size)
    layout.keep_with_next, layout.widow_control = look.kept, True
    for name in ("w:pBdr", "w:spacing"):
        _drop(style.element.pPr if name == "w:pBdr" else style.element.rPr, name)


def _drop(parent: object, name: str) -> None:
    """Removes a border or letter spacing that comes from python-docx's own template."""
    for found in parent.findall(qn(name)):  # type: ignore[attr-defined]
        parent.remove(found)  # type: ignore[attr-defined]


def _shade(style: ParagraphStyle) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", TINT)):
        shade.set(qn(f"w:{name}"), value)
    properties = style.element.get_or_add_pPr()
    following = properties.find(qn("w:spacing"))
    following.addprevious(shade) if following is not None else properties.append(shade)


def _set_up_marks(document: Document) -> None:
    """Sets up marks, which differ in weight and line, not in colour alone."""
    for mark, name in _MARK_NAMES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.quick_style = True
        font = style.font
        if mark is Mark.SUSPECT:
            font.bold, font.underline, font.color.rgb = True, WD_UNDERLINE.SINGLE, _RED
        elif mark is Mark.ASKED:
            font.underline = WD_UNDERLINE.DASH
        elif mark is Mark.OPPOSED:
            font.underline = WD_UNDERLINE.DOTTED
        elif mark is Mark.STRONG:
            font.bold = True
        else:
            font.color.rgb = _GREY


def _set_language(document: Document) -> None:
    """Sets the language to Chinese, so that Word breaks lines and checks spelling by its rules."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    language = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    for name, value in (("val", "en-US"), ("eastAsia", "zh-CN")):
        language.set(qn(f"w:{name}"), value)
