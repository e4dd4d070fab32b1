"""A report's page in Chromium: it is complete, readable and free of errors, in light and dark, on a phone and on paper."""

import copy
import json
import os
import re
import subprocess

import pytest

from browser import EXECUTABLE, Browser
from comparison import comparison, shared  # noqa: F401
from function import ROOT

if EXECUTABLE is None:
    pytest.skip("no Chromium is installed; run: scripts/install-libraries.sh browser", allow_module_level=True)

RENDER = os.environ.get("APIGW_BATCH_REPORT_PAGE", str(ROOT / ".build/debug/ReportPage"))
# Its numbers are made up.
REPORT = json.loads((ROOT / "Tests/Development/ComparisonTests/Report/made-up.json").read_text())
WIDTHS = {"phone": 360, "tablet": 768, "desk": 1280}
# The printable area of A4 in portrait and landscape format, in pixels; broad matrices are printed in landscape format.
PAPER = {False: (687, 1009), True: (1016, 680)}

# Every visible text, with its contrast to its background (WCAG 2.1).
CONTRASTS = """
(() => {
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const luminance = colour => channels(colour).slice(0, 3).map(value => value / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (colour, element) => {
    const [dark, light] = [luminance(colour), luminance(ground(element))].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    if (!element.getClientRects().length || element.closest("title, desc")) continue;
    const style = getComputedStyle(element), name = element.tagName + "." + (element.getAttribute("class") ?? "");
    const isDrawn = element.namespaceURI.endsWith("svg");
    if ([...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
      found.push([name, 4.5, contrast(isDrawn ? style.fill : style.color, element)]);
    if (element.matches("polyline, .swatch line")) found.push([name, 3, contrast(style.stroke, element)]);
  }
  return found;
})()
"""


# For every visible chart: the bounds of its plot and of its lines, the number of overlapping texts, and the labels of
# its times.
CHARTS = """
(() => [...document.querySelectorAll("#latency ~ figure .chart")].filter(chart => chart.getClientRects().length)
  .map(chart => {
    const boxes = selector => [...chart.querySelectorAll(selector)].map(each => each.getBoundingClientRect());
    const span = boxes => ({top: Math.min(...boxes.map(box => box.top)), bottom: Math.max(...boxes.map(box => box.bottom)),
      left: Math.min(...boxes.map(box => box.left)), right: Math.max(...boxes.map(box => box.right))});
    const texts = boxes("text");
    return {
      plot: span(boxes(".grid")), lines: span(boxes("polyline")), count: boxes("polyline").length,
      touching: texts.flatMap((one, index) => texts.slice(index + 1).filter(other => one.left < other.right
        && other.left < one.right && one.top + 3 < other.bottom - 3 && other.top + 3 < one.bottom - 3)).length,
      outside: texts.filter(box => box.left < 0 || box.right > innerWidth).length,
      times: [...chart.querySelectorAll(".tick")].map(tick => tick.textContent).filter(text => /^[0-9.,]+$/.test(text)),
    };
  }))()
"""


# For the matrix: the heads and cells beyond the right edge of the page, and the words in heads that are broken.
MATRIX = """
(() => {
  const cells = [...document.querySelectorAll(".matrix th, .matrix td")].filter(cell => cell.getClientRects().length);
  const cut = [];
  for (const head of document.querySelectorAll(".matrix th")) {
    const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
    while (texts.nextNode())
      for (const word of texts.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        if (range.getClientRects().length > 1) cut.push(word[0]);
      }
  }
  return {
    count: cells.length, cut,
    beyond: cells.filter(cell => cell.getBoundingClientRect().right > innerWidth + 0.5).map(cell => cell.innerText),
  };
})()
"""

# The captions of tables that are split across sheets, where sheets are columns of this height. Tables that are longer
# than a sheet may be split.
TORN = """
(([width, height]) => {
  const main = document.querySelector("main");
  main.style.cssText = `width: ${width}px; height: ${height}px; columns: 1; column-gap: 0; column-fill: auto`;
  return [...document.querySelectorAll("table:not(.matrix)")].filter(table => {
    const rows = [...table.rows].map(row => row.getBoundingClientRect());
    const sheets = new Set(rows.map(row => Math.floor((row.left + 1) / width)));
    return sheets.size > 1 && rows.reduce((sum, row) => sum + row.height, 0) < height - 60;
  }).map(table => table.caption.innerText);
})(%s)
"""


@pytest.fixture(scope="module")
def browser():
    started = Browser()
    yield started
    started.close()


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Writes the page of a report to a file."""
    assert os.access(RENDER, os.X_OK), f"{RENDER} is not built. Run: swift build --product ReportPage"
    folder = tmp_path_factory.mktemp("pages")

    def write(report, name="page"):
        rendered = subprocess.run([RENDER], input=json.dumps(report).encode(), capture_output=True, check=True)
        file = folder / f"{name}.html"
        file.write_bytes(rendered.stdout)
        return file

    return write


def crowded():
    """A report with eight variants, long names, and text that would break out of a page if it weren't escaped."""
    report = copy.deepcopy(REPORT)
    renamed = json.loads(json.dumps(REPORT).replace('"direct', '"straight-from-the-gateway-without-a-function').replace(
        '"function-', '"function-in-swift-'))
    for part in ("variants", "behaviour", "latency", "cost"):
        report[part] += renamed[part]
    hostile = "</style><script>console.error('x')</script><img src='http://203.0.113.1/x' onerror='console.error(1)'>"
    report["run"]["notes"].append(hostile)
    report["behaviour"][0]["case"] = hostile
    report["variants"][0]["name"] = hostile
    report["run"]["machine"] = "m" * 400
    return report


def several(count):
    """A report with the four variants and some from a user's SAM templates, and an injected member with a long name."""
    report = copy.deepcopy(REPORT)
    ids = [variant["id"] for variant in REPORT["variants"]]
    for number in range(len(ids), count):
        name = f"my-template/{number}/jobs"
        renamed = json.loads(json.dumps(REPORT).replace(f'"{ids[number % len(ids)]}"', f'"{name}"'))
        for part, key in (("variants", "id"), ("behaviour", "variant"), ("latency", "variant"), ("cost", "variant")):
            report[part] += [each for each in renamed[part] if each[key] == name]
    for cell in report["behaviour"]:
        if cell["case"] == "extra members":
            cell["case"] = "consumableResourcePropertiesOverride in the body"
            cell["injected"] = cell.get("injected") and ["consumableResourcePropertiesOverride"]
    return report


def quiet(browser, file):
    assert browser.problems == []
    assert [url for url in browser.requests if url != file.as_uri() and not url.startswith("data:")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_fits_and_has_no_errors(browser, page, width, scheme):
    for name, report in (("report", REPORT), ("crowded", crowded())):
        file = page(report, name)
        browser.open(file, width=WIDTHS[width], scheme=scheme)
        quiet(browser, file)
        assert browser.evaluate("document.scrollingElement.scrollWidth") <= WIDTHS[width]


@pytest.mark.parametrize("count", [4, 5, 7])
def test_no_table_scrolls_on_a_wide_screen(browser, page, count):
    browser.open(page(several(count)))
    boxes = browser.evaluate("[...document.querySelectorAll('.scroll')].map(box => [box.scrollWidth, box.clientWidth])")
    assert len(boxes) == 6
    assert [box for box in boxes if box[0] > box[1]] == []
    assert browser.evaluate("document.scrollingElement.scrollWidth") <= 1280


@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_shows_every_variant_of_a_case_and_what_it_costs(browser, page, width):
    report = several(7)
    browser.open(page(report), width=width)
    matrix = browser.evaluate(MATRIX)
    assert matrix["count"] > len(report["behaviour"])
    assert (matrix["beyond"], matrix["cut"]) == ([], [])
    # The stacked cells are labelled with their variants.
    names = browser.evaluate("[...document.querySelectorAll('.matrix tbody td')].map(cell => cell.innerText.split('\\n')[0])")
    cases = {cell["case"] for cell in report["behaviour"]}
    assert names == [variant["id"] for variant in report["variants"]] * len(cases)
    assert browser.evaluate("""
        [...document.querySelectorAll("#cost ~ figure .number")].filter(each => each.getBoundingClientRect().right > innerWidth)
          .map(each => each.innerText)
    """) == []


@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_needs_no_scrolling_to_read_a_table(browser, page, width):
    for report in (REPORT, several(7)):
        browser.open(page(report), width=width)
        boxes = browser.evaluate("[...document.querySelectorAll('.scroll')].map(box => [box.scrollWidth, box.clientWidth])")
        assert len(boxes) == 6
        assert [box for box in boxes if box[0] > box[1]] == []
        # Every visible cell is labelled with its column, and within the screen.
        cells = browser.evaluate("""
            [...document.querySelectorAll(".rows tbody td")].filter(cell => cell.getClientRects().length)
              .map(cell => [cell.innerText.split("\\n").length, cell.getBoundingClientRect().right <= innerWidth])
        """)
        assert len(cells) > 50 and all(lines > 1 and inside for lines, inside in cells)


@pytest.mark.parametrize("width", WIDTHS)
def test_p99_has_a_tick(browser, page, width):
    for requests in (40, 100, 200, 1000):
        report = copy.deepcopy(REPORT)
        for row in report["latency"]:
            row["requests"] = requests
        browser.open(page(report), width=WIDTHS[width])
        check_charts(browser, loads=2)
        ticks = browser.evaluate("""
            [...document.querySelectorAll("#latency ~ figure .chart")].filter(chart => chart.getClientRects().length)
              .map(chart => [...chart.querySelectorAll(".tick")].map(tick => tick.textContent))
        """)
        assert all(any(name.startswith("p99") and "." not in name for name in names) for names in ticks)


@pytest.mark.parametrize("count", [4, 5, 7, 8])
def test_prints_every_variant_and_breaks_no_word(browser, page, count):
    file = page(several(count))
    width, height = PAPER[count > 5]
    browser.open(file, width=width, height=height, media="print")
    matrix = browser.evaluate(MATRIX)
    assert matrix["count"] > 18 * count
    assert (matrix["beyond"], matrix["cut"]) == ([], [])
    assert browser.evaluate("document.querySelector('.matrix tbody th').offsetWidth") > 120
    for less in range(0, 300, 30):
        assert browser.evaluate(TORN % [width, height - less]) == []
    browser.open(file)
    boxes = re.findall(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]", browser.pdf())
    assert boxes and {float(wide) > float(high) for wide, high in boxes} == {count > 5}


def check_charts(browser, loads):
    charts = browser.evaluate(CHARTS)
    assert len(charts) == loads
    for chart in charts:
        plot, lines = chart["plot"], chart["lines"]
        assert plot["top"] <= lines["top"] and lines["bottom"] <= plot["bottom"]
        assert plot["left"] <= lines["left"] and lines["right"] <= plot["right"]
        assert lines["bottom"] - lines["top"] > 0.6 * (plot["bottom"] - plot["top"])
        assert len(set(chart["times"])) == len(chart["times"]) >= 3
        assert (chart["touching"], chart["outside"]) == (0, 0)
    return charts


def delayed():
    """A report whose times are close together because of a delay in Batch."""
    report = copy.deepcopy(REPORT)
    for number, row in enumerate(report["latency"]):
        row["curve"] = [[share, 51 + number / 4 + 9 * share ** 8] for share, _ in row["curve"]]
    return report


@pytest.mark.parametrize("width", WIDTHS)
def test_draws_curves_in_most_of_the_plot(browser, page, width):
    for report in (REPORT, delayed()):
        browser.open(page(report), width=WIDTHS[width])
        check_charts(browser, loads=2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_shows_a_real_run(browser, comparison, width, scheme):
    file, report = comparison.folder / "report.html", comparison.report
    browser.open(file, width=WIDTHS[width], scheme=scheme)
    quiet(browser, file)
    assert browser.evaluate("document.scrollingElement.scrollWidth") <= WIDTHS[width]
    charts = check_charts(browser, loads=2)
    assert [chart["count"] for chart in charts] == [len(report["variants"])] * 2
    assert [each for each in browser.evaluate(CONTRASTS) if each[2] < each[1]] == []
    # Only tables can be scrolled horizontally, so nothing else may extend beyond the edge of the screen.
    assert browser.evaluate(f"""
        [...document.querySelectorAll("body *")].filter(each => !each.closest(".scroll table") || each.matches("caption *"))
          .filter(each => each.getClientRects().length && each.getBoundingClientRect().right > {WIDTHS[width]})
          .map(each => each.outerHTML)
    """) == []
    text = browser.evaluate("document.body.innerText").replace("\u00a0", " ")
    assert report["run"]["date"][:16].replace("T", " ") + " UTC" in text
    (note,) = [variant["note"] for variant in report["variants"] if "note" in variant]
    assert note in text
    for row in report["latency"]:
        if "initMax" in row:
            assert row["warmUpColdStarts"] > 0 and f"{row['initMax']:.2f}" in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_has_enough_contrast(browser, page, scheme):
    for report in (REPORT, crowded()):
        browser.open(page(report), scheme=scheme)
        found = browser.evaluate(CONTRASTS)
        assert len(found) > 300
        assert [each for each in found if each[2] < each[1]] == []


def test_is_dark_where_dark_is_preferred_and_light_on_paper(browser, page):
    file = page(REPORT)
    grounds = {}
    for scheme in ("light", "dark"):
        browser.open(file, scheme=scheme)
        grounds[scheme] = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    assert grounds["light"] != grounds["dark"]
    browser.call(
        "Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    assert browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    browser.call("Emulation.setEmulatedMedia", media="")


def test_shows_every_part(browser, page):
    browser.open(page(REPORT))
    count = lambda selector: browser.evaluate(f"document.querySelectorAll({selector!r}).length")
    assert browser.evaluate("document.title").startswith("Which integration should I use?")
    cells = [cell for cell in REPORT["behaviour"] if cell["marks"]]
    assert count(".matrix tbody td") == len(REPORT["behaviour"])
    assert count(".matrix tbody td.marked") == len(cells)
    # A mark is a word, not just a colour.
    words = browser.evaluate("[...document.querySelectorAll('tbody .mark')].map(mark => mark.innerText)")
    assert sorted(word.split()[-1] for word in words) == sorted(mark for cell in cells for mark in cell["marks"])
    assert count("svg.wide polyline") == len(REPORT["latency"])
    names = browser.evaluate("[...document.querySelectorAll('svg.wide text.name')].map(text => text.textContent)")
    assert {variant["id"] for variant in REPORT["variants"]} <= set(names)
    warnings = browser.evaluate("[...document.querySelectorAll('.alarm')].map(alarm => alarm.innerText)")
    assert [warning.replace("\u00a0", " ") for warning in warnings] == [
        f"Warning {warning}" for warning in REPORT["run"]["warnings"]]


def test_is_accessible(browser, page):
    browser.open(page(crowded()))
    none = lambda selector: browser.evaluate(f"document.querySelectorAll({json.dumps(selector)}).length") == 0
    assert none("th:not([scope])")
    assert none("table:not(:has(caption))")
    assert none("svg:not([aria-hidden]):not([role=img])")
    assert none(".scroll:not([tabindex])")
    # Every id that is referred to exists exactly once.
    assert browser.evaluate("""
        [...document.querySelectorAll("[aria-labelledby]")].flatMap(each => each.getAttribute("aria-labelledby").split(" "))
          .filter(id => document.querySelectorAll("#" + id).length !== 1)
    """) == []
    assert browser.evaluate("[...document.querySelectorAll('svg[role=img] > desc')].filter(each => !each.textContent)") == []


def test_says_what_is_missing(browser, page):
    report = {**REPORT, "behaviour": [], "latency": [], "cost": [], "breakEven": []}
    report["run"] = {**REPORT["run"], "incomplete": "interrupted after 0 of 1,000 requests"}
    file = page(report)
    browser.open(file, width=WIDTHS["phone"])
    quiet(browser, file)
    text = browser.evaluate("document.body.innerText")
    for sentence in ("No case was run.", "Nothing was measured.", "No cost was computed.", "interrupted after 0 of 1,000"):
        assert sentence in text
