from datasets import load_dataset
from transformers import AutoModel, AutoTokenizer, pipeline

# ruleid: python-transformers-remote-code
model = AutoModel.from_pretrained("a/b", trust_remote_code=True)
# ruleid: python-transformers-remote-code
pipe = pipeline("text-generation", model="a/b", trust_remote_code=True)
# ruleid: python-transformers-remote-code
data = load_dataset("a/b", trust_remote_code=True)
# ok: python-transformers-remote-code
model = AutoModel.from_pretrained("a/b")
# ok: python-transformers-remote-code
model = AutoModel.from_pretrained("a/b", trust_remote_code=False)
# ok: python-transformers-remote-code
model = AutoModel.from_pretrained("a/b", trust_remote_code=True, revision="0123456789abcdef0123456789abcdef01234567")
# ok: python-transformers-remote-code
data = load_dataset("a/b", split="train")


def every_form(request):
    # ruleid: python-transformers-remote-code
    model.from_config(trust_remote_code=True)
    # ruleid: python-transformers-remote-code
    sentence_transformers.SentenceTransformer(trust_remote_code=True)
    # ruleid: python-transformers-remote-code
    vllm.LLM(trust_remote_code=True)
