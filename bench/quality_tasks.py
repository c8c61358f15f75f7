"""Decides what is searched for what: queries, the names they are searched in, and the right answers of every line."""

import csv
import gzip
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import matching
from bench.quality_variants import (
    misspell,
    respace,
    respell_by_family,
    say_more,
    type_on_other_layout,
)

SEED = 20261122
KOREAN_TERMS = "Korean terms to English"
_QUERIES = 1000
_TYPED_SKILLS = 3
Rule = Callable[[str, Random], str | None]


@dataclass(frozen=True)
class Task:
    """`queries` are searched in `names` (key → its names); `answers` holds the right keys of each query, one or more."""

    name: str
    queries: tuple[str, ...]
    answers: tuple[frozenset[str], ...]
    names: Mapping[str, Sequence[str]]


def outside_tasks(data: Path) -> Iterable[Task]:
    """The tasks whose files are in the folder, one after the other."""
    for make, file in _OUTSIDE:
        if (data / file).is_file():
            yield make(data / file)


def absent_files(data: Path) -> list[str]:
    """The files of the tasks that are not in the folder."""
    return list(dict.fromkeys(file for _, file in _OUTSIDE if not (data / file).is_file()))


def generated_tasks(vocabulary: matching.Vocabulary, queries: int = _QUERIES) -> list[Task]:
    """Variants of the names of a vocabulary, made by seeded rules and searched among all its names."""
    names = {key: vocabulary.names_of(key) for key in vocabulary.skills}
    both = (respell_by_family, say_more)
    return [
        vary("misspelt names", names, (misspell,), queries),
        vary("spaces and word order", names, (respace,), queries),
        vary("other keyboard layout", names, (type_on_other_layout,), queries),
        vary("Korean variants", names, both, queries),
    ]


def vary(name: str, names: Mapping[str, Sequence[str]], rules: Sequence[Rule], queries: int = _QUERIES) -> Task:
    """So many names varied, by the rules in turn; a variant that is a name itself is no question and is left out."""
    rng = Random(SEED)
    owned = [(given, key) for key, own in names.items() for given in own]
    known = {_plain(given) for given, _ in owned}
    rng.shuffle(owned)
    asked: dict[str, set[str]] = {}
    for rule in rules:
        most = len(asked) + queries // len(rules)
        for given, key in owned:
            variant = rule(given, rng) if len(asked) < most else None
            if variant is not None and _plain(variant) not in known:
                asked.setdefault(variant, set()).add(key)
    return _task(name, asked, names)


def esco_by_other_label(path: Path) -> Task:
    """Alternative label → label, among all labels; what is a label itself is left out."""
    rows = read_rows(path)
    labels = {row["label"].strip() for row in rows}
    asked = [(other.strip(), row["label"].strip()) for row in rows for other in row["alt"]]
    name = path.name.split(".")[0].replace("esco", "ESCO").replace("_", " ")
    return _titles(f"{name} by alternative label", asked, labels)


def esco_misspelt(path: Path) -> Task:
    """Labels of skills misspelt, among all labels."""
    labels = dict.fromkeys(row["label"].strip() for row in read_rows(path))
    return vary("misspelt ESCO skills", {label: [label] for label in labels}, (misspell,))


def onet_titles(path: Path) -> Task:
    """Alternate title → title, among all titles."""
    rows = read_rows(path)
    asked = [(row["alternate_title"], row["title"]) for row in rows]
    return _titles("O*NET titles by alternate title", asked, {row["title"] for row in rows})


def korean_terms(path: Path) -> Task:
    """Korean term → English term, all of them, among all English terms."""
    rows = read_rows(path)
    names = {_plain(row["en"]): [row["en"]] for row in rows}
    asked: dict[str, set[str]] = {}
    for row in rows:
        asked.setdefault(row["ko"], set()).add(_plain(row["en"]))
    queries = [row["ko"] for row in rows]
    return Task(KOREAN_TERMS, tuple(queries), tuple(frozenset(asked[q]) for q in queries), names)


def known_postings(path: Path) -> Task:
    """A posting as somebody remembers it, its title misspelt and three of its skills in any order → the posting."""
    rng = Random(SEED)
    texts = {row["id"]: " ".join([row["title"], *row["skills"]]) for row in read_rows(path)}
    same: dict[str, set[str]] = {}
    for key, text in texts.items():
        same.setdefault(_plain(text), set()).add(key)
    chosen = rng.sample([row for row in read_rows(path) if len(row["skills"]) >= _TYPED_SKILLS], _QUERIES)
    asked: dict[str, set[str]] = {}
    for row in chosen:
        words = [misspell(row["title"], rng) or row["title"], *rng.sample(row["skills"], _TYPED_SKILLS)]
        asked.setdefault(" ".join(words), set()).update(same[_plain(texts[row["id"]])])
    return _task("known postings", asked, {key: [text] for key, text in texts.items()})


def _titles(name: str, pairs: Iterable[tuple[str, str]], titles: Iterable[str]) -> Task:
    """A seeded sample of (query, title) pairs; a query with several titles is right with each of them."""
    keys = {_plain(title): title for title in sorted(titles, reverse=True)}
    asked: dict[str, set[str]] = {}
    for query, title in pairs:
        if _plain(query) not in keys:
            asked.setdefault(query, set()).add(_plain(title))
    chosen = Random(SEED).sample(sorted(asked), min(_QUERIES, len(asked)))
    return _task(name, {query: asked[query] for query in chosen}, {key: [keys[key]] for key in sorted(keys)})


def _task(name: str, asked: Mapping[str, set[str]], names: Mapping[str, Sequence[str]]) -> Task:
    return Task(name, tuple(asked), tuple(map(frozenset, asked.values())), names)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def read_rows(path: Path) -> list[dict]:
    """The rows of a .jsonl or .tsv file, packed with gzip or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        if ".tsv" in path.suffixes:
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return [json.loads(line) for line in file]


_OUTSIDE: tuple[tuple[Callable[[Path], Task], str], ...] = (
    (esco_by_other_label, "esco_occupations.jsonl.gz"),
    (esco_by_other_label, "esco_skills.jsonl.gz"),
    (onet_titles, "onet_titles.tsv.gz"),
    (korean_terms, "terms_ko_en.tsv.gz"),
    (known_postings, "postings_ko.jsonl.gz"),
    (esco_misspelt, "esco_skills.jsonl.gz"),
)
