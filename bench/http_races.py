"""Measures the races where people meet them: a living server, 32 posts at once by a signed-in company or through links."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from threading import Barrier
from types import TracebackType
from typing import NamedTuple
from urllib.parse import urlencode

from sqlmodel import Session, select

from bench.racing import DAY, DONE, OFFICE, STARTS, Job, Tally, add_openings, add_people, add_referrals
from employers.models import Opening
from placement import links
from placement.db import Database
from placement.enums import LinkPurpose, Role, Side
from placement.models import Account, Referral
from placement.people import hash_password

POSTS = 32
PASSWORD = "a long password for races"
KEY = "a-key-for-races-only-that-is-long-enough"
SHOWN = re.compile(r'name="shown"[^>]*value="([^"]+)"')
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
REFUSED = {409, 410}
START = "import sys; sys.argv[0] = 'ieum'; from placement.cli import main; main()"


class Answer(NamedTuple):
    status: int
    text: str
    cookie: str


class Visitor:
    """Somebody with a browser: keeps the cookie, and the token and the mark of an offer that forms need."""

    def __init__(self, port: int, cookie: str = "", token: str = "", shown: str = "") -> None:
        self.port, self.cookie, self.token, self.shown = port, cookie, token, shown

    def get(self, path: str) -> Answer:
        answer = self._ask("GET", path)
        found = TOKEN.search(answer.text)
        self.token = found.group(1) if found else self.token
        shown = SHOWN.search(answer.text)
        self.shown = shown.group(1) if shown else self.shown
        return answer

    def post(self, path: str, **form: str) -> Answer:
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **form}))

    def _ask(self, method: str, path: str, body: str = "") -> Answer:
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, body, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        set_cookie = answer.getheader("Set-Cookie") or ""
        self.cookie = set_cookie.partition(";")[0] or self.cookie
        return Answer(answer.status, text, self.cookie)


class Service:
    """`ieum serve` in a process of its own over a database, until the block ends."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __enter__(self) -> "Service":
        ours = {"IEUM_DATABASE_URL": self.url, "IEUM_SECRET_KEY": KEY, "IEUM_TODAY": DAY.isoformat()}
        plain = {name: value for name, value in os.environ.items() if not name.startswith("IEUM_")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, "serve", "--port", "0"],
            env={**plain, **ours},
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        found = None
        while found is None:
            said = self.process.stderr.readline()
            if not said:
                raise RuntimeError("the service ended before it was there")
            found = re.search(r"http://127\.0\.0\.1:(\d+)", said)
        self.port = int(found.group(1))
        self.reading = ThreadPoolExecutor(1)
        self.reading.submit(self.process.stderr.read)  # a full pipe would stop the service
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        self.reading.shutdown()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def signed_in(self, email: str) -> Visitor:
        """Somebody who came in by the form of the sign-in page."""
        visitor = Visitor(self.port)
        visitor.get("/sign-in")
        assert visitor.post("/sign-in", email=email, password=PASSWORD).status == 303
        return visitor


def all_at_once(posts: Sequence[Callable[[], Answer]]) -> list[str]:
    """What each was answered: "done", the status of a refusal, or an error."""
    start = Barrier(len(posts))

    def post(send: Callable[[], Answer]) -> str:
        start.wait()
        try:
            return told(send())
        except OSError as error:
            return f"error {error}"[:200]

    with ThreadPoolExecutor(len(posts)) as threads:
        return list(threads.map(post, posts))


def told(answer: Answer) -> str:
    if answer.status in (200, 303):
        return DONE
    if answer.status in REFUSED and "<h1" in answer.text:
        return str(answer.status)
    return f"error {answer.status}"


def race_over_http(database: Database, service: Service, capacity: int, tally: Tally) -> None:
    """A company offers a job to 32 people at once from its own pages; whoever got one accepts by a link."""
    with database.transaction() as session:
        (opening,) = add_openings(session, 1, capacity)
        rows = add_referrals(session, [(one, opening) for one in add_people(session, POSTS)])
        email = add_partner(session, opening)
    visitor = service.signed_in(email)
    visitor.get(f"/candidates/{rows[0].id}")
    form = offer_form()
    answers = all_at_once(
        [lambda row=row: copy_of(visitor).post(f"/candidates/{row.id}/moves", **form) for row in rows]
    )
    offered = [row.id for row, answer in zip(rows, answers, strict=True) if answer == DONE]
    accepted = all_at_once(accepting(database, service, offered)) if offered else []
    with database.reading() as session:
        kept = session.get_one(Opening, opening.id)
        said_yes = select(Referral.id).where(Referral.opening_id == opening.id, Referral.state == "accepted")
        counts = (kept.seats_held, kept.seats_taken, len(session.exec(said_yes).all()))
    is_right = counts == (0, capacity, capacity) and accepted == [DONE] * capacity
    tally.add(answers, is_right and answers.count(DONE) == capacity and answers.count("409") == POSTS - capacity)


def race_of_links(database: Database, service: Service, tally: Tally) -> None:
    """Eight offers to one person, each link posted four times at once: one answer is taken, every other one refused."""
    with database.transaction() as session:
        people, openings = add_people(session, 1), add_openings(session, 8, 1, held=1)
        rows = add_referrals(session, [(people[0], opening) for opening in openings], is_offered=True)
    posts = accepting(database, service, [row.id for row in rows])
    answers = all_at_once([post for post in posts for _ in range(POSTS // len(posts))])
    with database.reading() as session:
        states = list(session.exec(select(Referral.state).where(Referral.graduate_id == people[0])))
        taken = sum(session.get_one(Opening, one.id).seats_taken for one in openings)
    tally.add(answers, (answers.count(DONE), states.count("accepted"), taken) == (1, 1, 1))


def accepting(database: Database, service: Service, referral_ids: list[int]) -> list[Callable[[], Answer]]:
    """A post for each offer: its link was opened, and "accept" is pressed."""
    with database.transaction() as session:
        rows = [session.get_one(Referral, one) for one in referral_ids]
        given = {"by": OFFICE, "today": DAY}
        tokens = [links.make_link(session, LinkPurpose.OFFER_ANSWER, row, Side.GRADUATE, **given)[1] for row in rows]
    return [
        lambda path=path, who=who: copy_of(who).post(path, answer="accept", shown=who.shown)
        for path, who in map(opened(service), tokens)
    ]


def opened(service: Service) -> Callable[[str], tuple[str, Visitor]]:
    def look(token: str) -> tuple[str, Visitor]:
        path, visitor = f"/answer/{token}", Visitor(service.port)
        assert visitor.get(path).status == 200
        return path, visitor

    return look


def copy_of(visitor: Visitor) -> Visitor:
    """The same browser in one more thread."""
    return Visitor(visitor.port, visitor.cookie, visitor.token, visitor.shown)


def add_partner(session: Session, opening: Job) -> str:
    """The address of a new account of the opening's company."""
    email = f"partner{opening.id}@example.com"
    secrets = {"password_hash": hash_password(PASSWORD), "session_stamp": "stamp"}
    session.add(Account(email=email, name="담당", role=Role.PARTNER, company_id=opening.company_id, **secrets))
    return email


def offer_form() -> dict[str, str]:
    typed = {
        "kind": "employment",
        "employment_type": "regular",
        "starts_on": STARTS.isoformat(),
        "expires_on": (DAY + timedelta(days=7)).isoformat(),
    }
    return {"move": "offer", **{f"offer-{name}": value for name, value in typed.items()}}
