import joblib
import joblib as jl
from joblib import load

# ruleid: python-joblib-load
a = joblib.load("model.bin")
# ruleid: python-joblib-load
b = jl.load(filename=path)
# ruleid: python-joblib-load
c = load(path, mmap_mode="r")

# ok: python-joblib-load
joblib.dump(model, path)
# ok: python-joblib-load
d = skops.io.load(path, trusted=[])
# ok: python-joblib-load
e = json.load(stream)
# ok: python-joblib-load
f = joblib.Parallel(n_jobs=2)


def every_form(request):
    # ruleid: python-joblib-load
    sklearn.externals.joblib.load(model)
