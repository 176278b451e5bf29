import datasets
from datasets import load_dataset
from huggingface_hub import hf_hub_download, snapshot_download
from sentence_transformers import SentenceTransformer
from transformers import AutoModel, AutoTokenizer, pipeline

# ruleid: python-model-without-revision
model = AutoModel.from_pretrained("acme/model")
# ruleid: python-model-without-revision
tokenizer = AutoTokenizer.from_pretrained(pretrained_model_name_or_path="acme/model", use_fast=True)
# ruleid: python-model-without-revision
classify = pipeline("text-classification", model="acme/model")
# ruleid: python-model-without-revision
rows = load_dataset("acme/rows", split="train")
# ruleid: python-model-without-revision
rows = datasets.load_dataset(path="acme/rows")
# ruleid: python-model-without-revision
folder = snapshot_download("acme/model")
# ruleid: python-model-without-revision
folder = snapshot_download(local_dir="/srv/model", repo_id="acme/model")
# ruleid: python-model-without-revision
weights = hf_hub_download(repo_id="acme/model", filename="weights.safetensors")
# ruleid: python-model-without-revision
weights = hf_hub_download("acme/model", "weights.safetensors")
# ruleid: python-model-without-revision
embed = SentenceTransformer("acme/model")

# ok: python-model-without-revision
model = AutoModel.from_pretrained("acme/model", revision="8d2e1f0c9b7a6d5e4f3c2b1a0918273645546372")
# ok: python-model-without-revision
model = AutoModel.from_pretrained("./models/ours")
# ok: python-model-without-revision
model = AutoModel.from_pretrained("/srv/models/ours")
# ok: python-model-without-revision
model = AutoModel.from_pretrained(folder)
# ok: python-model-without-revision
model = AutoModel.from_pretrained("acme/model", local_files_only=True)
# ok: python-model-without-revision
model = AutoModel.from_pretrained("acme/model", **options)
# ok: python-model-without-revision
rows = load_dataset("csv", data_files="rows.csv")
