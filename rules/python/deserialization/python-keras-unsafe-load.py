import keras
import tensorflow as tf
from keras.models import load_model

# ruleid: python-keras-unsafe-load
model = keras.models.load_model(path, safe_mode=False)
# ruleid: python-keras-unsafe-load
model = tf.keras.models.load_model(path, compile=False, safe_mode=False)
# ruleid: python-keras-unsafe-load
keras.config.enable_unsafe_deserialization()
# ok: python-keras-unsafe-load
model = keras.models.load_model(path)
# ok: python-keras-unsafe-load
model = load_model(path, safe_mode=True)
# ok: python-keras-unsafe-load
model = tf.keras.models.load_model(path, compile=False)
# ok: python-keras-unsafe-load
model = loader.load_model(path, safe_mode=False)


def every_form(request):
    # ruleid: python-keras-unsafe-load
    keras.saving.load_model(safe_mode=False)
    # ruleid: python-keras-unsafe-load
    keras.saving.deserialize_keras_object(safe_mode=False)
    # ruleid: python-keras-unsafe-load
    keras.layers.deserialize(safe_mode=False)
