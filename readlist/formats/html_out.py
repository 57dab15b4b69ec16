"""Papers as one HTML page that needs nothing else: it filters and sorts, without network.

Everything of a paper is text that is escaped; the page's only script is the one below, and its
Content-Security-Policy allows no other and no connection.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from html import escape

from readlist.formats.markdown_out import address_of
from readlist.identifiers import is_web_address
from readlist.paper import Paper
from readlist.text import LETTERS, count, fold, readable, readable_note

_STYLE = """
:root{color-scheme:light dark;
--ink:#1c1c1e;--dim:#6b6b70;--line:#e4e2dd;--paper:#fbfaf7;--accent:#0b6e99}
@media(prefers-color-scheme:dark){:root{--ink:#e6e4df;--dim:#98968f;--line:#33322f;--paper:#1b1b1a;
--accent:#6cb6d9}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:46rem;padding:3rem 1.25rem 6rem;background:var(--paper);
color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.35rem;margin:0 0 .15rem}
p{margin:0}
.dim{color:var(--dim);font-size:.875rem}
form{position:sticky;top:0;display:flex;gap:.75rem;padding:1rem 0;background:var(--paper)}
input,select{font:inherit;color:inherit;background:none;border:0;padding:.3rem 0;
border-bottom:1px solid var(--line)}
input{flex:1;min-width:0}
input:focus,select:focus{outline:0;border-color:var(--accent)}
option{background:var(--paper)}
article{padding:.9rem 0;border-top:1px solid var(--line)}
h2{font-size:1rem;font-weight:600;margin:0}
a{color:inherit;text-decoration:none}
h2 a:hover,.links a{color:var(--accent)}
a:hover{text-decoration:underline}
.tag{font:inherit;color:inherit;background:none;border:0;padding:0;margin-right:.6rem;cursor:pointer}
.day{white-space:nowrap}
.tag:hover{text-decoration:underline}
details{margin-top:.35rem}
summary{cursor:pointer;color:var(--dim);font-size:.875rem}
.text{white-space:pre-line;margin-top:.35rem}
[hidden]{display:none}
@media print{form{display:none}}
"""
_SCRIPT = """
"use strict";
const list=document.querySelector("main"),papers=[...list.children];
const find=document.querySelector("input"),order=document.querySelector("select");
const shown=document.querySelector("#shown");
const letters=LETTERS;
const fold=t=>t.normalize("NFKD").replace(/\\p{M}/gu,"").toLowerCase()
 .replace(/[^\\x00-\\x7f]/g,c=>letters[c]||c);
function filter(){
 const words=fold(find.value).split(/\\s+/).filter(Boolean);let n=0;
 for(const p of papers){const t=p.dataset.words;const ok=words.every(w=>t.includes(w));
  p.hidden=!ok;n+=ok}
 shown.textContent=words.length?" · "+n+" of "+papers.length+" shown":""}
function sort(){
 const key=order.value,up=key==="title"||key==="author";
 const value=p=>p.dataset[key]||"";
 list.append(...papers.sort((a,b)=>!value(a)-!value(b)||
  (up?1:-1)*value(a).localeCompare(value(b),undefined,{numeric:true})))}
find.addEventListener("input",filter);order.addEventListener("change",sort);
document.querySelector("form").addEventListener("submit",e=>e.preventDefault());
list.addEventListener("click",e=>{if(e.target.className==="tag"){
 find.value=e.target.textContent;filter();scrollTo(0,0)}});
filter();if(order.value!=="added")sort();
""".replace(
    "LETTERS", json.dumps({chr(sign): plain for sign, plain in LETTERS.items()} | {"ß": "ss"})
)


def write(papers: Iterable[Paper], *, share: bool, exported: str) -> bytes:
    """Return papers as a page, the newest first; `share` leaves out what is the user's alone."""
    ordered = sorted(papers, key=lambda paper: paper.id)
    ordered.sort(key=lambda paper: paper.added or "", reverse=True)
    policy = f"default-src 'none'; style-src {_hash(_STYLE)}; script-src {_hash(_SCRIPT)}"
    places = range(len(ordered), 0, -1)
    entries = "\n".join(_entry(p, place, share) for p, place in zip(ordered, places, strict=True))
    page = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}; base-uri 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Reading list</title>
<style>{_STYLE}</style>
</head>
<body>
<header><h1>Reading list</h1>
<p class="dim">{count(len(ordered), "paper")}, {escape(exported[:10])}<span id="shown"
 role="status"></span></p>
</header>
<form><input type="search" placeholder="filter" aria-label="filter">
<select aria-label="sort"><option value="added">newest added</option>
<option value="published">newest published</option><option value="title">title</option>
<option value="author">first author</option><option value="upvotes">most upvotes</option></select>
</form>
<main>
{entries}
</main>
<script>{_SCRIPT}</script>
</body>
</html>
"""
    return page.encode("utf-8", "replace")


def _hash(text: str) -> str:
    """Return what a Content-Security-Policy calls an inline text by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _entry(paper: Paper, place: int, share: bool) -> str:
    address = address_of(paper)
    title = escape(readable(paper.title))
    if is_web_address(address):
        title = f'<a href="{escape(address)}" rel="noreferrer">{title}</a>'
    shown = paper.authors[:8] + (["…"] if len(paper.authors) > 8 else [])
    about = [escape(", ".join(shown)), escape(paper.venue or "")]
    if paper.published:
        about.append(f'<span class="day">{escape(paper.published)}</span>')
    if not share and paper.status != "new":
        about.append(paper.status.words)
    star = "★ " if paper.starred and not share else ""
    lines = [
        f"<article {_data(paper, place, share)}>",
        f"<h2>{star}{title}</h2>",
        f'<p class="dim">{" · ".join(filter(None, about))}</p>',
        _footer(paper),
    ]
    note = "" if share else readable_note(paper.note)
    for name, text in (("abstract", readable(paper.abstract)), ("note", note)):
        if text:
            inside = f'<p class="text">{escape(text)}</p>'
            lines.append(f"<details><summary>{name}</summary>{inside}</details>")
    return "\n".join(filter(None, lines)) + "\n</article>"


def _data(paper: Paper, place: int, share: bool) -> str:
    words = [
        readable(paper.title),
        *paper.authors,
        *(f"#{tag}" for tag in paper.tags),
        paper.venue or "",
        paper.published or "",
    ]
    words += [readable(paper.abstract), "" if share else readable_note(paper.note)]
    values = {
        "words": fold(" ".join(words)),
        "added": str(place),
        "published": paper.published or "",
        "title": fold(readable(paper.title)),
        "author": fold(paper.authors[0].split(" ")[-1]) if paper.authors else "",
        "upvotes": "" if paper.upvotes is None else str(paper.upvotes),
    }
    return " ".join(f'data-{name}="{escape(value)}"' for name, value in values.items())


def _footer(paper: Paper) -> str:
    links = [
        f'<a href="{escape(url)}" rel="noreferrer">{escape(name)}</a>'
        for name, url in paper.urls.items()
        if name != "abstract" and is_web_address(url)
    ]
    tags = "".join(f'<button class="tag">#{escape(tag)}</button>' for tag in paper.tags)
    return f'<p class="dim links">{tags}{" ".join(links)}</p>' if tags or links else ""
