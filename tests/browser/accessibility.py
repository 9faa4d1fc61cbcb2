"""What axe finds on a page."""

from axe_playwright_python.base import AXE_SCRIPT

# Everything WCAG 2.2 asks for at levels A and AA, and what axe knows beyond
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is described: of what is right axe would look for a selector for every element.
OPTIONS = {"resultTypes": ["violations"]}
RUN = "options => axe.run(options).then(found => found.violations)"


def findings(page, rules=RULES):
    """Every breach of ``rules`` on ``page`` as it is shown now: the rule, its impact, and the elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, OPTIONS | ({"runOnly": rules} if rules else {}))
    return [(each["id"], each["impact"], [node["target"] for node in each["nodes"]][:5]) for each in found]


def serious(page):
    """What axe calls serious or critical of all its usual rules: what a page of Django's own admin can keep to."""
    return [finding for finding in findings(page, rules=None) if finding[1] in {"serious", "critical"}]
