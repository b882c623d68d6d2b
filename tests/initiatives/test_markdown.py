"""What editors type becomes HTML that is safe to show."""

import re
from time import process_time
from timeit import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.text import markdown
from initiatives.text.markdown import render

HASH = "a" * 64


def test_plain_markdown_becomes_html():
    assert (
        render("One *two*\n\n- three\n- four")
        == "<p>One <em>two</em></p>\n<ul>\n<li>three</li>\n<li>four</li>\n</ul>"
    )


def test_empty_text_is_no_html():
    assert render(" \n ") == ""


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "<svg onload=alert(1)></svg>",
        '<a href="vbscript:x">a</a>',
        "<iframe src='//example.org'></iframe>",
        "<style>body{display:none}</style>",
        '<p style="position:fixed">a</p>',
        '<form action="//example.org"><input></form>',
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        '<a href="/x" onclick="alert(1)" id="y" class="z">a</a>',
        "![a](javascript:alert(1))",
        "<base href='//example.org'>",
        "<!-- --!><img src=x onerror=alert(1)> -->",
    ],
)
def test_nothing_typed_runs_or_styles(text):
    tags = re.findall(r"<[^>]*>", render(text).lower())
    for word in (
        "script",
        "onerror",
        "onload",
        "onclick",
        "vbscript",
        "data:",
        "style",
        "iframe",
        "form",
        "svg",
        "base",
        "id=",
        "class=",
    ):
        assert not any(word in tag for tag in tags)


@given(st.text(alphabet="<>&\"'[]()!#*`- \n\tabjs:/=x1", max_size=200))
def test_whatever_is_typed_leaves_only_allowed_tags(text):
    assert set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", render(text))) <= markdown.TAGS


def test_images_from_elsewhere_are_left_out():
    assert "img" not in render("![a](https://example.org/a.png)")
    assert "img" not in render("![a](//example.org/a.png)")
    assert "img" not in render("![a](/media/../secret.png)")


def test_our_own_images_stay():
    assert f'src="/media/images/{HASH}.jpg"' in render(f"![A park](/media/images/{HASH}.jpg)")


def test_headings_begin_at_level_two():
    assert render("# One\n\n## Two") == "<h2>One</h2>\n<h3>Two</h3>"
    assert render("### One\n\n#### Two") == "<h2>One</h2>\n<h3>Two</h3>"


def test_headings_can_be_shifted_and_never_pass_six():
    assert markdown.shift("<h2>a</h2><h6>b</h6>", 3) == "<h5>a</h5><h6>b</h6>"


def test_tables_align_without_style_attributes():
    html = render("| a | b |\n| :-- | --: |\n| 1 | 2 |")
    assert '<td align="right">2</td>' in html
    assert "style" not in html


def test_nul_characters_vanish():
    assert render("a\0b") == "<p>ab</p>"


@pytest.mark.parametrize(
    "text",
    [
        ">" * 20_000,
        "> " * 10_000,
        "- " * 10_000,
        "".join(" " * (4 * i) + "- x\n" for i in range(150)),
        "[" * 20_000,
        "*a_" * 6_000,
        "<div>" * 4_000,
        "`" * 19_999,
        "![" * 9_000 + "](" * 900,
        "a\n" * 10_000,
        "|a" * 6_000 + "\n" + "|-" * 6_000,
        "x" * 60_000,
        "1. " * 6_000,
        "&" * 20_000,
        "<" * 20_000,
        "[a]: <" * 3_000,
        "*" * 20_000,
        "_a*b" * 5_000,
        ": a\n" * 5_000,
        "a\n: " * 5_000,
        "*[a]: b\n" * 2_000,
        "[a](" * 5_000,
        "`a``b```c````d" * 1_400,
        "\\" * 20_000,
        "![[]()" * 3_000,
        "|a\n|-\n" * 3_000,
        "[a][" * 5_000,
        "[](<" * 5_000,
        "*a **a " * 2_500,
        "<?" * 9_000,
        "<!--a" * 4_000,
    ],
    ids=range(31),
)
def test_deep_or_huge_text_costs_less_than_a_second(text):
    # timeit keeps the collector of what the whole run left behind out of it.
    assert (
        timeit(lambda: render(text[:20_000] if len(text) < 60_000 else text), timer=process_time, number=1)
        < 1
    )
