"""What stands in the way of people on a page, found by axe."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

# All of axe's rules. Of what they load beforehand only the media: its copy of the style sheets serves a rule on trial.
EVERYTHING = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}
# The rules that look at a colour: the others find the same in the light and in the dark.
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def barriers(page: Page, rules: dict[str, Any] = EVERYTHING) -> str:
    """A report, or nothing. Axe itself is brought to each page once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async (rules) => (await axe.run(rules)).violations", rules)
    return AxeResults({"violations": found, "url": page.url}).generate_report() if found else ""


def assert_no_barrier(page: Page) -> None:
    """As it stands there, in its theme."""
    assert barriers(page) == ""
    assert page.evaluate(FITS)


def assert_no_barrier_in_both_themes(page: Page) -> None:
    """As it stands there in the light, and in the colours of the dark. Leaves it in the light."""
    wear(page, "light")
    assert_no_barrier(page)
    wear(page, "dark")
    assert barriers(page, COLOURS) == "", "in the dark"
    wear(page, "light")


def wear(page: Page, theme: str) -> None:
    """What the theme's button does. A colour on its way to another would be judged half-way: all arrive at once."""
    page.evaluate(
        """(theme) => {
            const underWay = () => document.getAnimations().filter((each) => each instanceof CSSTransition);
            document.documentElement.dataset.theme = theme;
            // The end of one may begin another, in what inherits its colour.
            for (let all = underWay(), left = 20; all.length && left; all = underWay(), left--)
                for (const each of all) each.finish();
        }""",
        theme,
    )
