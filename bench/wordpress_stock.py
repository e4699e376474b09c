"""The same texts as posts of WordPress, loaded in bulk: themes are categories, werkplaatsen tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

from .stock import Values, facets_of
from .texts import Text, texts

# Above what WordPress makes for itself.
_FIRST_POST, _FIRST_TERM = 1_000, 100
# Our facets and the kind of entry by the names WordPress has for them.
TAXONOMIES = {
    "thema": "category", "werkplaats": "post_tag", "gemeente": "gemeente", "status": "status", "soort": "soort",
}  # fmt: skip
_KINDS = ("vraag", "werkplaats", "gemeente")
_COLUMNS = (
    "ID", "post_author", "post_date", "post_date_gmt", "post_modified", "post_modified_gmt", "post_title",
    "post_excerpt", "post_content", "post_name", "guid", "post_status", "post_type", "to_ping", "pinged",
    "post_content_filtered",
)  # fmt: skip

Sql = Callable[[str], str]


def terms_of(values: Values) -> dict[tuple[str, str], int]:
    """The number of each (facet, value) in WordPress; the value is also its address."""
    known = [("thema", uid) for uid in values["thema"].values()]
    known += [("werkplaats", uid) for uid in values["werkplaats"]]
    known += [("gemeente", uid) for uid in values["gemeente"]]
    known += [("status", value) for value in values["status"]]
    known += [("soort", kind) for kind in _KINDS]
    return {pair: number for number, pair in enumerate(known, _FIRST_TERM)}


def slug_of(value: str) -> str:
    """A uid as an address of WordPress."""
    return value.lower()


def load(count: int, values: Values, folder: Path, sql: Sql) -> None:
    """Fill posts, terms and the ties between them, with the counts that WordPress keeps."""
    folder.mkdir()
    terms = terms_of(values)
    posts, ties = folder / "posts.tsv", folder / "ties.tsv"
    with posts.open("w") as to_posts, ties.open("w") as to_ties:
        for text in texts(count):
            post = _FIRST_POST + text.number
            to_posts.write(_row(_post(text, post)))
            found = {**facets_of(text, values), "soort": [text.kind]}
            for term in sorted(terms[name, one] for name, some in found.items() if name in TAXONOMIES for one in some):
                to_ties.write(_row((post, term, 0)))
    sql(_statements(terms, values, posts, ties))
    posts.unlink()
    ties.unlink()


def _post(text: Text, number: int) -> Iterable[object]:
    day = text.published_at.strftime("%Y-%m-%d %H:%M:%S")
    paragraphs = [text.summary, *text.body.split("\n\n")]
    content = "\n\n".join(f"<!-- wp:paragraph -->\n<p>{escape(one)}</p>\n<!-- /wp:paragraph -->" for one in paragraphs)
    name = f"bericht-{number}"
    return (
        number, 1, day, day, day, day, text.title, text.summary, content, name, f"http://127.0.0.1/?p={number}",
        "publish", "post", "", "", "",
    )  # fmt: skip


def _row(fields: Iterable[object]) -> str:
    return "\t".join(str(one).replace("\\", "\\\\").replace("\t", " ").replace("\n", "\\n") for one in fields) + "\n"


def _statements(terms: dict[tuple[str, str], int], values: Values, posts: Path, ties: Path) -> str:
    names = ",".join(f"({number},'{slug_of(value)}','{slug_of(value)}')" for (_name, value), number in terms.items())
    parents = {values["thema"][slug]: top for slug, top in values["hoofdthema"].items()}

    def parent(name: str, value: str) -> int:
        above = parents.get(value, value) if name == "thema" else value
        return terms[name, above] if above != value else 0

    taxonomies = ",".join(
        f"({number},{number},'{TAXONOMIES[name]}','',{parent(name, value)})" for (name, value), number in terms.items()
    )
    return f"""USE wordpress;
SET SESSION unique_checks = 0, foreign_key_checks = 0;
INSERT INTO wp_terms (term_id, name, slug) VALUES {names};
INSERT INTO wp_term_taxonomy (term_taxonomy_id, term_id, taxonomy, description, parent) VALUES {taxonomies};
LOAD DATA INFILE '{posts}' INTO TABLE wp_posts CHARACTER SET utf8mb4 ({",".join(_COLUMNS)});
LOAD DATA INFILE '{ties}' INTO TABLE wp_term_relationships (object_id, term_taxonomy_id, term_order);
UPDATE wp_term_taxonomy t SET count =
    (SELECT COUNT(*) FROM wp_term_relationships r WHERE r.term_taxonomy_id = t.term_taxonomy_id)
    WHERE t.term_id >= {_FIRST_TERM};
DELETE FROM wp_options WHERE option_name LIKE '%\\_children';
ANALYZE TABLE wp_posts, wp_terms, wp_term_taxonomy, wp_term_relationships;
"""
