"""A small multilingual encoder: a real sentence-transformers model in a folder, but untrained, with random weights."""

from pathlib import Path

DIMENSION = 32
# Latin with its accents, Hebrew and Arabic, Devanagari.
_SCRIPTS = ((0x21, 0x17F), (0x590, 0x6FF), (0x900, 0x97F))


def a_model_folder(folder: Path, language: str | None = "multilingual", seed: int = 0) -> Path:
    """Saves the model in `folder` and states its language in the front matter of its README.md; None: states none."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    letters = sorted({chr(number) for script in _SCRIPTS for number in range(*script)})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    parts = folder.parent / f"{folder.name}-parts"
    parts.mkdir(parents=True)
    (parts / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(parts / "vocab.txt")).save_pretrained(parts)
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        config = BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=DIMENSION,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=DIMENSION,
        )
        BertModel(config).save_pretrained(parts)
    transformer = Transformer(str(parts), max_seq_length=128)
    SentenceTransformer(modules=[transformer, Pooling(DIMENSION, "mean")], device="cpu").save(
        str(folder), create_model_card=False
    )
    if language is not None:
        card = f"---\nlanguage: {language}\n---\n# Small, untrained, for tests\n"
        (folder / "README.md").write_text(card, encoding="utf-8")
    return folder
