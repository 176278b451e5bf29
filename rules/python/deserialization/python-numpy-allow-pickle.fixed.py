import numpy
import numpy as np
from numpy import load

# ruleid: python-numpy-allow-pickle
a = numpy.load(path)
# ruleid: python-numpy-allow-pickle
b = np.load(path, mmap_mode="r")
# ruleid: python-numpy-allow-pickle
c = load(file=path)

# ok: python-numpy-allow-pickle
d = np.load(path)
# ok: python-numpy-allow-pickle
e = np.load(path, allow_pickle=False)
# ok: python-numpy-allow-pickle
f = np.save(path, a, allow_pickle=True)
# ok: python-numpy-allow-pickle
g = json.load(stream)


def every_form(request):
    # ruleid: python-numpy-allow-pickle
    numpy.lib.format.read_array(file)
