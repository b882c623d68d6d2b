"""The checks before publish in a browser: errors stop it and say how to mend them, advice does not."""

from tests.browser.checks import accessible, fits, publish

FORM = "/admin/initiatives/initiative/47/change/"
WRONG = """## For whom

For more, click [here](/initiatives/there-is-none/).

#### And deeper

[A page outside](example.org)"""
LONG = (
    "Notwithstanding considerable administrative difficulties, municipal representatives successfully "
    "coordinated "
    "interdepartmental collaboration regarding neighborhood revitalization, costing $7.3 million altogether."
)


def test_errors_stop_a_publish_and_advice_does_not(visit, sign_in, author):
    author = sign_in(visit(), author)
    author.goto(FORM)
    slug = author.locator("#id_slug").input_value()
    author.locator("#id_body").fill(f"{WRONG}\n\n{LONG}")
    author.get_by_role("button", name="Save draft").press("Enter")
    before = author.get_by_role("region", name="Before you publish")
    mend = before.locator(".to-mend").inner_text()
    for words in (
        "The link “here” on line 3 does not say where it leads.",
        "leads nowhere: the site has no page /initiatives/there-is-none/",
        "leads to another site without https:// before it",
        "A heading jumps from level 2 to level 4: “And deeper” on line 5.",
    ):
        assert words in mend
    assert "reads at school grade" in before.inner_text()
    assert "$7.3 million" in before.inner_text()
    accessible(author, but=".markdownx-preview")
    author.set_viewport_size({"width": 320, "height": 900})
    fits(author)

    editor, reader = sign_in(visit(), "editor"), visit()
    editor.goto(FORM)
    editor.get_by_label("Change note").fill("It says more.")
    editor.get_by_role("button", name="Publish", exact=True).press("Enter")
    editor.get_by_text("Your draft is saved, but it is not published.").wait_for()
    assert "The link “here” on line 3" in editor.locator(".messagelist").inner_text()
    accessible(editor, but=".markdownx-preview")
    reader.goto(f"/initiatives/{slug}/")
    assert "And deeper" not in reader.get_by_role("main").inner_text()
    editor.locator("#id_body").fill(LONG)
    editor.get_by_label("Change note").fill("It says more.")
    publish(editor)
    editor.get_by_text("is published").wait_for()
    advice = editor.get_by_role("region", name="Before you publish")
    assert advice.locator(".to-mend").count() == 0
    assert "reads at school grade" in advice.inner_text()
    reader.reload()
    assert "interdepartmental collaboration" in reader.get_by_role("main").inner_text()
