"""Real files of services and programs come in whole, or are refused with a reason.

What is expected was written by looking at the files.
"""

import pytest

from readlist.formats.incoming import FormatError
from readlist.operations import read_input

# File, format, papers, refused; of the first paper title, first author, day, identifiers.
TABLE = [
    ("dblp_export.bib", "bibtex", 1, 0,
     "Banach Space Valued Neural Network - Ordinary and Fractional Approximation and Interpolation",
     "George A. Anastassiou", "2023",
     {"doi": "10.1007/978-3-031-16400-2", "isbn": "978-3-031-16399-9"}),
    ("bib_iclr2024_first60.bib", "bibtex", 60, 0,
     "TD-MPC2: Scalable, Robust World Models for Continuous Control",
     "Nicklas Hansen", "2024", {"openreview": "Oxh5CstDJU"}),
    ("bib_rebiber_example_input.bib", "bibtex", 193, 1,
     "Accelerating Large-Scale Inference with Anisotropic Vector Quantization",
     "Ruiqi Guo", "2020", {}),
    ("arxiv_listing_email.expected.bib", "bibtex", 2, 0,
     "AMSnet-KG: A Netlist Dataset for LLM-based AMS Circuit Auto-Design Using",
     "Yichen Shi", "2024", {"arxiv": "2411.13560"}),
    ("arxiv_atom_api_1.xml", "arxiv", 1, 0, "Living with the Wrong Sign",
     "Patrick Cooper", "2013-12-06",
     {"arxiv": "1312.2021", "doi": "10.1103/invaliddoi.89.084044"}),
    ("arxiv_atom_api_2.xml", "arxiv", 1, 0,
     "On Neuromechanical Approaches for the Study of Biological Grasp and Manipulation",
     "Francisco J Valero-Cuevas", "2017-10-24",
     {"arxiv": "1710.08557", "doi": "10.1186/s12984-017-0305-3"}),
    ("arxiv_atom_api_4.xml", "arxiv", 0, 1, None, None, None, None),
    ("arxiv_atom_api_7.xml", "arxiv", 1, 0,
     "The entropy formula for the Ricci flow and its geometric applications",
     "Grisha Perelman", "2002-11-11", {"arxiv": "math/0211159"}),
    ("arxiv_atom_api_search_transformer.xml", "arxiv", 5, 0,
     "Mana: Dexterous Manipulation of Articulated Tools",
     "Zhao-Heng Yin", "2026-06-11", {"arxiv": "2606.13677"}),
    ("arxiv_rss_ASSEMBLED.xml", "arxiv", 1, 0,
     "Mass concentration in rescaled first order integral functionals",
     "Antonin Monteil", None, {"arxiv": "2203.01250", "doi": "10.5802/jep.257"}),
    ("arxiv_listing_email.txt", "arxiv-email", 2, 0,
     "AMSnet-KG: A Netlist Dataset for LLM-based AMS Circuit Auto-Design Using Knowledge Graph RAG",
     "Yichen Shi", "2024-11-07", {"arxiv": "2411.13560"}),
    ("kaggle_arxiv_snapshot_sample.json", "kaggle", 4, 0,
     "Calculation of prompt diphoton production cross sections at Tevatron and LHC energies",
     "C. Balázs", "2007-04", {"arxiv": "0704.0001", "doi": "10.1103/physrevd.76.013009"}),
    ("hf_daily_papers_2024-05-27.json", "huggingface", 13, 0,
     "ConvLLaVA: Hierarchical Backbones as Visual Encoder for Large Multimodal Models",
     "Chunjiang Ge", "2024-05-24", {"arxiv": "2405.15738"}),
    ("hf_daily_papers_2025-09-30.json", "huggingface", 50, 0,
     "SLA: Beyond Sparsity in Diffusion Transformers via Fine-Tunable Sparse-Linear Attention",
     "Jintao Zhang", "2025-09-28", {"arxiv": "2509.24006"}),
    ("hf_daily_papers_2026-08-21.json", "huggingface", 17, 0,
     "EnvHarness: Awakening Static Worlds for Agent Learning",
     "Chengsong Huang", "2026-08-20", {"arxiv": "2608.19880"}),
    ("hf_daily_papers_fixture_sotawhat.json", "huggingface", 30, 0,
     "On the Limits of LLM Adaptability: Impact of Model-Internalized Priors on Annotation Task"
     " Performance", "Etienne Casanova", "2026-05-30", {"arxiv": "2606.00467"}),
    ("hf_papers_page_SYNTHETIC.html", "huggingface", 4, 0,
     "EnvHarness: Awakening Static Worlds for Agent Learning",
     "Chengsong Huang", "2026-08-20", {"arxiv": "2608.19880"}),
]  # fmt: skip

REFUSED = {
    "hf_daily_corpus_slim.jsonl.gz": "it is a gzip archive, and no text",
    "ORIGINS.tsv": "of no known kind: it begins with",
}


def payload(shared, name):
    file = shared / "payloads" / name
    if not file.is_file():
        pytest.skip(f"there is no {file}")
    return file.read_bytes()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_a_file_comes_in(shared, row):
    name, kind, papers, refused, title, author, day, identifiers = row
    found = read_input(payload(shared, name), name)
    assert (found.format, len(found.papers), len(found.refusals)) == (kind, papers, refused)
    if papers:
        first = found.papers[0]
        assert first.title == title
        assert (first.authors or [None])[0] == author
        assert (first.published, first.identifiers) == (day, identifiers)


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_with_what_was_seen(shared, name):
    with pytest.raises(FormatError, match=REFUSED[name]):
        read_input(payload(shared, name), name)


def test_the_api_says_what_was_wrong(shared):
    name = "arxiv_atom_api_4.xml"
    (refusal,) = read_input(payload(shared, name), name).refusals
    assert refusal.reason == "arXiv answers: incorrect id format for INVALIDID"


def test_the_fields_of_hugging_face_have_their_places(shared):
    name = "hf_daily_papers_2026-08-21.json"
    paper = read_input(payload(shared, name), name).papers[0]
    assert (paper.upvotes, paper.comments, paper.organization) == (163, 1, "Google")
    assert len(paper.authors) == 17
    assert paper.urls["project"] == "https://envharness.com/"
    assert paper.urls["code"] == "https://github.com/google-research/envharness"
    assert "\n" not in paper.abstract
