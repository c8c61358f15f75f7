"""Decides how fast the engine is beside libraries that link records: ratios of pairs a CPU second, all in one run.

`python -m bench.peers [--size 10k,1k] [--splink 2k,500] [--runs 3]`. They do less: a bag of trigrams of the whole
profile (TF-IDF, string_grouper), skills without levels, musts or titles (DuckDB), three columns (splink). Each runs in
a process of its own, over the same workload; what they are given is prepared beforehand.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

import numpy as np

from bench import workload
from bench.speed import Clock, Figure, _figure, _size, measure_apart, measure_tables

K = 20
# What the issue asks: so many times the pairs a second of each peer.
BARS = {"tf-idf + sparse_dot_topn": 5, "string_grouper": 5, "duckdb joins": 15, "splink": 400}


def measure_tfidf(people: int, posts: int, runs: int) -> Figure:
    """Trigrams of the profile as one text, the 20 nearest in both directions."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    held, asked = workload.make(people, posts).documents()
    clock = Clock()
    for _ in range(runs):
        with clock.step("match"):
            vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32)
            mine, theirs = vectors.fit_transform(held), vectors.transform(asked)
            for one, other in ((mine, theirs), (theirs, mine)):
                sp_matmul_topn(one, other.T.tocsr(), top_n=K, n_threads=1)
    return _figure("tf-idf + sparse_dot_topn", people, posts, clock)


def measure_grouper(people: int, posts: int, runs: int) -> Figure:
    """The same by string_grouper, in one direction."""
    import pandas
    from string_grouper import match_strings

    held, asked = (pandas.Series(texts) for texts in workload.make(people, posts).documents())
    clock = Clock()
    for _ in range(runs):
        with clock.step("match"):
            match_strings(held, asked, max_n_matches=K, min_similarity=0.1)
    return _figure("string_grouper", people, posts, clock)


def measure_duckdb(people: int, posts: int, runs: int) -> Figure:
    """Jaro-Winkler of unique skills, then joins: the covered weight of each pair, the 20 best of each person."""
    import duckdb
    import pandas

    work = workload.make(people, posts)
    words = np.array([" ".join(word.lower().split()) for word in work.words])
    frames = {
        "held": pandas.DataFrame({"person": work.people.rows(), "skill": words[work.people.skills]}),
        "asked": pandas.DataFrame(
            {"post": work.posts.rows(), "skill": words[work.posts.skills], "weight": work.posts.weights}
        ),
    }
    connection, clock = duckdb.connect(config={"threads": 1}), Clock()
    for name, frame in frames.items():
        connection.register(name, frame)
    for _ in range(runs):
        with clock.step("match"):
            connection.execute(_ALIKE)
            connection.execute(_COVERED)
    return _figure("duckdb joins", people, posts, clock)


_ALIKE = """
CREATE OR REPLACE TEMP TABLE alike AS
SELECT h.skill AS held, a.skill AS asked, jaro_winkler_similarity(h.skill, a.skill, 0.9) AS value
FROM (SELECT DISTINCT skill FROM held) h, (SELECT DISTINCT skill FROM asked) a
WHERE jaro_winkler_similarity(h.skill, a.skill, 0.9) >= 0.9
"""
_COVERED = """
CREATE OR REPLACE TEMP TABLE covered AS
WITH met AS (
    SELECT person, post, asked.skill, any_value(weight) AS weight, max(value) AS value
    FROM held JOIN alike ON held.skill = alike.held JOIN asked ON asked.skill = alike.asked
    GROUP BY person, post, asked.skill
), scored AS (SELECT person, post, sum(weight * value) AS score FROM met GROUP BY person, post)
SELECT * FROM scored QUALIFY row_number() OVER (PARTITION BY person ORDER BY score DESC) <= 20
"""


def measure_splink(people: int, posts: int, runs: int) -> Figure:
    """Every pair predicted from title, skills and region, as splink links two tables without blocking."""
    import pandas
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator

    work = workload.make(people, posts)
    frames = [
        pandas.DataFrame(
            {
                "unique_id": [str(row) for row in range(len(side))],
                "skills": texts,
                "title": [work.titles[number] for number in side.titles[:, 0].tolist()],
                "region": side.regions.astype(str),
            }
        )
        for side, texts in zip((work.people, work.posts), work.documents(), strict=True)
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("title"),
            compare.JaroWinklerAtThresholds("skills"),
            compare.ExactMatch("region"),
        ],
        blocking_rules_to_generate_predictions=["1=1"],
    )
    clock = Clock()
    for _ in range(runs):
        with clock.step("match"):
            database = DuckDBAPI()
            linker = Linker([database.register(frame) for frame in frames], settings, log_level=50)
            linker.inference.predict().as_pandas_dataframe()
    return _figure("splink", people, posts, clock)


PEERS: tuple[Callable[[int, int, int], Figure], ...] = (measure_tfidf, measure_grouper, measure_duckdb)


def describe(peer: Figure, ours: Figure) -> str:
    """A peer's line: its CPU seconds, and how many times its pairs a second ours are, without and with preparation."""
    alone = ours.rate("match") / peer.rate("match")
    prepared = ours.rate("prepare", "match") / peer.rate("match")
    bar = BARS[peer.case]
    return (
        f"{peer.case:26}{peer.people:,} x {peer.posts:,}: {peer.seconds['match']:.2f} CPU s;"
        f" ours {alone:,.1f}x (with preparation {prepared:,.1f}x); asked {bar}x: {'held' if alone >= bar else 'NOT held'};"
        f" peak {peer.megabytes:.0f} MB"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure ours and every peer, a line each; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=_size, default=(10_000, 1_000), metavar="PEOPLE,OPENINGS")
    parser.add_argument("--splink", type=_size, default=(2_000, 500), metavar="PEOPLE,OPENINGS")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    ours = measure_apart(measure_tables, *options.size, options.runs)
    print(
        f"{'ours, full score':26}{ours.people:,} x {ours.posts:,}: preparation {ours.seconds['prepare']:.2f},"
        f" matching {ours.seconds['match']:.2f} CPU s; peak {ours.megabytes:.0f} MB",
        flush=True,
    )
    held = True
    for measure, size in [*((peer, options.size) for peer in PEERS), (measure_splink, options.splink)]:
        peer = measure_apart(measure, *size, options.runs)
        held &= ours.rate("match") / peer.rate("match") >= BARS[peer.case]
        print(describe(peer, ours), flush=True)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
