"""Help and wrong usage are in the language spoken, without a word of the library's own beside it."""

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from placement.cli.group import IeumGroup
from placement.cli.wording import folded, width_of
from tests.cli.conftest import Ieum, refusal

# What click says by itself in help, usage lines and errors.
OWN_WORDS = re.compile(
    r"Usage|OPTIONS|Options|Commands|COMMAND|ARGS|TEXT|INTEGER|RANGE|\bDAY\b|MOMENT|Choose|Missing|Invalid|Error|"
    r"[Dd]efault|[Rr]equire|No such|Did you mean|Got unexpected|does not|is not|Show this|Try '|Aborted|argument"
)
HANGUL = re.compile("[가-힣]")
GOOD = {"KIND": "graduates", "ID": "1", "MOVE": "offer", "FILE": "a.csv", "GRADUATE": "1", "OPENING": "1", "EMAIL": "e"}


def commands(
    group: click.Group | None = None, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command under `ieum`, with the words that lead to it."""
    for name, made in (group or IeumGroup()).commands.items():
        yield (*path, name), made
        if isinstance(made, click.Group):
            yield from commands(made, (*path, name))


COMMANDS = list(commands())


def wrong_ways(path: tuple[str, ...], made: click.Command) -> Iterator[list[str]]:
    """A command typed wrongly in every way there is: names, values, too few words and too many."""
    given = [GOOD.get(param.human_readable_name, "x") for param in made.params if isinstance(param, click.Argument)]
    asked = [word for param in made.params if getattr(param, "prompt", None) for word in (param.opts[0], "x")]
    start = [*path, *asked, *given]
    yield [*start, "--nope"]
    yield [*start, "--hel"]
    yield [*start, "-x"]
    yield [*start, "--lang"]
    yield [*start, "--lang", "fr"]
    yield [*start, "--help=1"]
    yield [*path, "--lang", "ko"] if isinstance(made, click.Group) or given else [*start, "too", "many"]
    yield [*path, *asked, "nope", "nope", "nope", "nope"]
    for param in made.params:
        name = param.opts[0]
        if isinstance(param, click.Option):
            yield [*start, f"{name}=1"] if param.is_flag else [*start, name]
            if not isinstance(param.type, click.types.StringParamType | click.types.BoolParamType):
                yield [*start, name, "odd"]
            if param.required:
                yield start
            if isinstance(param.type, click.IntRange):
                yield [*start, name, "-1"]
        elif isinstance(param.type, click.Choice):
            yield [*path, *("odd" for _word in given)]


@pytest.mark.parametrize("path, made", COMMANDS, ids=[" ".join(path) for path, _made in COMMANDS])
def test_each_command_typed_wrongly_says_so_in_korean_or_in_english_with_status_2(
    say: Ieum, path: tuple[str, ...], made: click.Command
):
    for words in wrong_ways(path, made):
        said = refusal(say(*words), status=2)
        assert HANGUL.search(said) and not OWN_WORDS.search(said), (words, said)
        if "--lang" not in words:
            told = refusal(say("--lang", "en", *words), status=2)
            assert not HANGUL.search(told), (words, told)


@pytest.mark.parametrize("path", [(), *(path for path, _made in COMMANDS)], ids=" ".join)
def test_help_is_in_one_language(say: Ieum, path: tuple[str, ...]):
    korean = say(*path, "--help").stdout
    assert HANGUL.search(korean) and not OWN_WORDS.search(korean), korean
    english = say("--lang", "en", *path, "--help").stdout
    assert english.startswith("Usage: ieum") and not HANGUL.search(english), english


def test_a_command_of_click_itself_would_be_caught():
    @click.command
    @click.option("--top", type=click.IntRange(1), default=5, show_default=True)
    def plain() -> None: ...

    runner = CliRunner()
    for words in (["--help"], ["--nope"], ["--top", "0"], ["more"]):
        assert OWN_WORDS.search(runner.invoke(plain, words).output)


def test_the_usage_line_of_a_refusal_names_the_command_it_is_about(ieum_on_sqlite: Ieum):
    for words in (["match", "--top"], ["match", "--json=1"], ["move", "referral", "1", "offer", "--with", "odd=1"]):
        assert ieum_on_sqlite(*words).stderr.splitlines()[1] == f"사용법: ieum {words[0]} --help"


def test_a_near_name_is_offered(ieum_on_sqlite: Ieum):
    assert refusal(ieum_on_sqlite("mach"), status=2) == "그런 명령이 없습니다: mach (비슷한 것: match)"
    assert refusal(ieum_on_sqlite("rates", "--rul", "x"), status=2).endswith("--rul (비슷한 것: --rule)")


def test_two_different_passwords_are_asked_for_again(ieum_on_sqlite: Ieum):
    words = ["user", "create", "--email", "a@example.com", "--name", "가", "--role", "counselor"]
    said = ieum_on_sqlite(*words, typed="first-of-two\nsecond-of-two\nthe-same-words\nthe-same-words\n")
    assert said.stderr == "두 번 적은 비밀번호가 서로 다릅니다. 다시 적어 주십시오.\n"
    assert said.stdout.endswith("계정을 만들었습니다: a@example.com\n")


def test_a_line_of_hangul_is_folded_by_its_columns():
    text = "처음이면 시연 자료를 올리고, 요약을 보여 준 뒤 모두 함께 실행합니다. "
    lines = folded(text * 3, 40)
    assert all(30 < width_of(line) <= 40 for line in lines[:-1])
    assert " ".join(lines).split() == (text * 3).split()
