"""Learns the trees that rank the paragraphs near a question, and those that tell whether the best one answers it.
Whether any does is told by the nearest one's cosine: the encoder learned that, and trees told it no better.

usage: rank.py WORK RANKER.json NAME,… [TEST,…]: reads WORK/NAME.features.json and WORK/NAME.own.features.json of
features.ts. None of these questions may have been seen by the encoder, or the trees trust it too much. The others learn
from rankings of libraries that the first haven't seen. Prints figures for each library by trees of the others, and for
TEST; then those of questions in the articles' own words at the certainty from which on answers are sure.
"""

import json
import sys

import lightgbm
import numpy as np

SEEDS = 5
COMMON = dict(
    objective="binary", lambda_l2=5, feature_fraction=0.5, bagging_fraction=0.7, bagging_freq=1,
    verbose=-1, num_threads=1, deterministic=True,
)  # fmt: skip
RANKER = dict(**COMMON, learning_rate=0.05, num_leaves=8, min_data_in_leaf=30)
JUDGE = dict(**COMMON, learning_rate=0.04, num_leaves=5, min_data_in_leaf=25)
RANKER_ROUNDS, JUDGE_ROUNDS = 150, 150
# Share of the unanswerable that get a sure answer, in questions not learned from.
SURE = 0.10
# Of a question in an article's own words; the others are people's.
OWN = 0.3


class Library:
    def __init__(self, work: str, name: str):
        self.name = name
        self.questions, self.own = [], []
        for kind in ("", ".own"):
            with open(f"{work}/{name}{kind}.features.json", encoding="utf8") as file:
                asked = json.load(file)
            self.questions += asked
            self.own += [kind != ""] * len(asked)
        self.own = np.array(self.own)
        self.rows = [np.array([list(each.values()) for each in asked["features"]]) for asked in self.questions]
        self.right = [np.array(asked["right"], float) for asked in self.questions]
        self.answerable = np.array([asked["answerable"] for asked in self.questions], float)

    def weights(self):
        return np.where(self.own, OWN, 1.0)

    def features(self) -> list[str]:
        return list(self.questions[0]["features"][0])


def learn(rows, targets, weights, settings, rounds) -> list[lightgbm.Booster]:
    data = lambda: lightgbm.Dataset(rows, targets, weight=weights)
    return [lightgbm.train({**settings, "seed": seed}, data(), rounds) for seed in range(SEEDS)]


def predict(boosters, rows):
    return 1 / (1 + np.exp(-np.mean([each.predict(rows, raw_score=True) for each in boosters], 0)))


def rank(libraries):
    rows = np.concatenate([row for each in libraries for row in each.rows])
    right = np.concatenate([right for each in libraries for right in each.right])
    weights = np.concatenate([np.full(len(row), w) for each in libraries for row, w in zip(each.rows, each.weights())])
    return learn(rows, right, weights, RANKER, RANKER_ROUNDS)


def summaries(library, scores):
    """The features of the best candidate, and what the scores of all say of it: see `summaryOf` in rank.ts."""
    found = []
    for rows, row in zip(library.rows, scores):
        order = np.argsort(-row, kind="stable")
        first, second, third = row[order[:3]]
        cosines = rows[:, library.features().index("cosine")]
        found.append([*rows[order[0]], first, second, third, first - second, row.sum(), cosines.max()])
    return np.array(found)


def scores_of(boosters, library):
    return [predict(boosters, rows) for rows in library.rows]


def first_right(library, scores):
    return np.array([right[np.argsort(-row, kind="stable")[0]] for right, row in zip(library.right, scores)])


def report(name, tested, own=False, sure=None):
    """Prints figures for libraries with their scores, confidences and certainties; returns from which certainty on answers are sure."""
    join = lambda pick: np.concatenate([pick(*each)[each[0].own == own] for each in tested])
    has = join(lambda library, *_: library.answerable) > 0
    first = join(lambda library, scores, *_: first_right(library, scores))
    three = join(
        lambda library, scores, *_: np.array([right[np.argsort(-row)[:3]].any() for right, row in zip(library.right, scores)])
    )
    confidence, certainty = join(lambda _, __, each, ___: each), join(lambda *each: each[3])
    yes, no = confidence[has], confidence[~has]
    tenth = np.quantile(yes, 0.1)
    auc = np.mean((yes[:, None] > no) + (yes[:, None] == no) / 2)
    sure = np.quantile(certainty[~has], 1 - SURE) if sure is None else sure
    is_sure = certainty[has] >= sure
    print(
        f"{name:8s} first {first[has].mean():.3f} three {three[has].mean():.3f} AUC {auc:.3f}"
        f" refused at 10 % {(no < tenth).mean():.3f} sure {is_sure.mean():.3f}"
        f" of the unanswerable {(certainty[~has] >= sure).mean():.3f}"
        f" right of these {first[has][is_sure].mean():.3f}",
        flush=True,
    )
    return sure


def tree_of(node):
    if "leaf_value" in node:
        return round(node["leaf_value"] / SEEDS, 5)
    threshold = float(f"{node['threshold']:.6g}")
    return [node["split_feature"], threshold, tree_of(node["left_child"]), tree_of(node["right_child"])]


def trees_of(boosters):
    return [tree_of(tree["tree_structure"]) for each in boosters for tree in each.dump_model()["tree_info"]]


work, out, learned, *tests = sys.argv[1:]
libraries = [Library(work, name) for name in learned.split(",")]
others = lambda left_out: [each for each in libraries if each is not left_out]
scores = {each.name: scores_of(rank(others(each)), each) for each in libraries}
described = {each.name: summaries(each, scores[each.name]) for each in libraries}
targets = {each.name: first_right(each, scores[each.name]) for each in libraries}


def judge(some):
    rows = np.concatenate([described[each.name] for each in some])
    weights = np.concatenate([each.weights() for each in some])
    return learn(rows, np.concatenate([targets[each.name] for each in some]), weights, JUDGE, JUDGE_ROUNDS)


def tested_by(boosters, library, ranked):
    """The greatest cosine is the last thing that `summaries` says."""
    rows = summaries(library, ranked)
    return library, ranked, rows[:, -1], predict(boosters, rows)


tested = [tested_by(judge(others(each)), each, scores[each.name]) for each in libraries]
for each in tested:
    report(each[0].name, [each])
sure = report("all", tested)
report("own", tested, True, sure)
ranker, judging = rank(libraries), judge(libraries)
for name in tests[0].split(",") if tests else []:
    test = Library(work, name)
    ranked = [tested_by(judging, test, scores_of(ranker, test))]
    report(name, ranked)
    report(f"{name}'s", ranked, False, sure)
    report(f"{name}'s own", ranked, True, sure)
learned = {
    "features": libraries[0].features(),
    "sure": round(float(sure), 3),
    "ranker": trees_of(ranker),
    "judge": trees_of(judging),
}
with open(out, "w", encoding="utf8") as file:
    json.dump(learned, file, separators=(",", ":"))
    file.write("\n")
