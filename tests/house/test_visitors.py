"""The visitors see what they say they see: each fault is shown to them once."""

import pytest
from flask import Flask, redirect, request
from playwright.sync_api import Browser

from tests.fixtures.browser import serving, visiting
from tests.fixtures.markup import Markup, faults_of
from tests.fixtures.pages import PageVisitor

HEAD = '<html lang="ko"><head><title>이음</title><link rel="icon" href="/favicon.ico"></head>'
GOOD = HEAD + (
    '<body><main><h1>제목</h1><form method="post" action="/save"><input type="hidden" name="csrf_token" value="x">'
    '<label for="name">이름</label><input id="name" name="name"><button>저장</button></form></main></body></html>'
)
BAD_PAGES = {
    "names the language": GOOD.replace('lang="ko"', 'lang="fr"'),
    "titles": GOOD.replace("<title>이음</title>", "<title> </title>"),
    "not exactly one h1": GOOD.replace("<main>", "<main><h1>또 제목</h1>"),
    "stands 2 times": GOOD.replace("<main>", '<main id="name">'),
    "which is not on the page": GOOD.replace('id="name"', 'id="name" aria-describedby="hint"'),
    "has no label": GOOD.replace('<label for="name">이름</label>', ""),
    "has no words": GOOD.replace("저장", ""),
    "has no CSRF token": GOOD.replace('name="csrf_token" value="x"', 'name="csrf_token" value=""'),
    "inline style or script ['style']": GOOD.replace("<main>", '<main style="color:red">'),
    "inline style or script []": GOOD.replace("<main>", "<main><script>1</script>"),
    "leaves the host": GOOD.replace("<main>", '<main><img alt="" src="//elsewhere.invalid/a.png">'),
}
BAD_SIGHTS = {
    "sideways": GOOD.replace("<h1>", '<h1><img width="1300" height="1" alt="" src="/favicon.ico">'),
    "axe": GOOD.replace("<main>", "<main><ul><p>목록이 아닙니다</p></ul>"),
    "script error": GOOD.replace("</main>", "</main><script>throw new Error('x')</script>"),
    "console": GOOD.replace("</main>", "</main><script>console.error('x')</script>"),
    "left the host": GOOD.replace("<h1>", '<h1><img alt="" src="http://127.0.0.1:9/a.png">'),
    "policy: ": GOOD.replace("<h1>", '<h1><img alt="" src="data:image/png;base64,x">'),
}


def test_a_good_page_has_no_faults():
    assert faults_of(Markup(GOOD)) == []


@pytest.mark.parametrize("said", BAD_PAGES)
def test_a_fault_in_the_html_is_named(said):
    faults = faults_of(Markup(BAD_PAGES[said]))
    assert len(faults) == 1
    assert said in faults[0]


@pytest.fixture(scope="module")
def host():
    """A site of one good page at / and the bad ones at /0, /1, …"""
    site = Flask(__name__)
    policy = {"Content-Security-Policy": "default-src * 'unsafe-inline'; img-src http:"}
    site.add_url_rule("/", "good", lambda: (GOOD, policy))
    site.add_url_rule("/favicon.ico", "icon", lambda: ("", 200, {"Content-Type": "image/x-icon"}))
    for number, page in enumerate(BAD_SIGHTS.values()):
        site.add_url_rule(f"/{number}", str(number), lambda page=page: (page, policy))
    with serving(site) as address:
        yield address


def test_a_good_page_passes_the_browser_and_its_missing_neighbour_answers_404(browser: Browser, host):
    with visiting(browser, host) as visitor:
        assert visitor.open("/").title() == "이음"
        with pytest.raises(AssertionError, match="answers 404, not 200"):
            visitor.open("/missing")


@pytest.mark.parametrize("said", BAD_SIGHTS)
def test_a_fault_in_the_living_page_is_named(browser: Browser, host, said):
    with visiting(browser, host) as visitor, pytest.raises(AssertionError, match=said):
        visitor.open(f"/{list(BAD_SIGHTS).index(said)}")


FORM = GOOD.replace(
    "<button>저장</button>",
    '<label><input type="checkbox" name="remote" checked> 재택</label><label><input type="checkbox" name="abroad"> 해외</label>'
    '<label for="level">수준</label><select id="level" name="level"><option value="1">입문</option>'
    '<option value="2" selected>초급</option></select><label for="note">메모</label><textarea id="note" name="note">\n가</textarea>'
    '<button name="move" value="keep">보관</button><button name="move" value="save">저장</button>',
)


@pytest.fixture
def reader() -> PageVisitor:
    """Reads a site with a form at /form that shows what it was sent, and a page with a fault at /bad."""
    site = Flask(__name__)
    site.add_url_rule("/form", "form", lambda: FORM)
    site.add_url_rule("/bad", "bad", lambda: GOOD.replace("<h1>", "<h2>"))
    site.add_url_rule("/old", "old", lambda: redirect("/form"))
    site.add_url_rule(
        "/save", "save", lambda: GOOD.replace("제목", repr(request.form.to_dict(flat=False))), methods=["POST"]
    )
    return PageVisitor(site.test_client())


def test_a_form_is_sent_as_a_browser_would_send_it(reader: PageVisitor):
    reader.open("/old")
    assert reader.path == "/form"
    shown = reader.submit("저장", name="한지민").text_of("h1")
    assert shown == str(
        {"csrf_token": ["x"], "name": ["한지민"], "remote": ["on"], "note": ["가"], "level": ["2"], "move": ["save"]}
    )


def test_a_reader_without_a_browser_sees_faults_and_wrong_answers_too(reader: PageVisitor):
    with pytest.raises(AssertionError, match="not exactly one h1"):
        reader.open("/bad")
    with pytest.raises(AssertionError, match="answers 404, not 200"):
        reader.open("/missing")
    with pytest.raises(AssertionError, match="0 forms"):
        reader.submit("없는 단추")


def test_a_visitor_without_scripts_still_sees_what_is_too_wide(browser: Browser, host):
    with visiting(browser, host, has_scripts=False) as visitor:
        assert visitor.open("/").title() == "이음"
        with pytest.raises(AssertionError, match="sideways"):
            visitor.open(f"/{list(BAD_SIGHTS).index('sideways')}")
