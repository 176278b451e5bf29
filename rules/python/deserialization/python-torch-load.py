import torch
import torch as t
from torch import load

# ruleid: python-torch-load
a = torch.load(path)
# ruleid: python-torch-load
b = t.load(path, map_location="cpu")
# ruleid: python-torch-load
c = load(
    path,
    map_location=device,
)

# ok: python-torch-load
e = torch.load(path, weights_only=True)
# ok: python-torch-load
f = load(path, map_location="cpu", weights_only=True)
# ok: python-torch-load
g = torch.load(path, weights_only=only)
# ok: python-torch-load
h = torch.jit.load(path)
# ok: python-torch-load
i = safetensors.torch.load_file(path)
# ruleid: python-torch-load
model = torch.load(path, weights_only=False)
