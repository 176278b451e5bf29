from flask import Flask, request

app = Flask(__name__)
# ruleid: python-flask-debug
app.debug = True
# ruleid: python-flask-debug
app.config["DEBUG"] = True
# ok: python-flask-debug
app.config["DEBUG"] = False
# ok: python-flask-debug
app.config["DEBUG_TOOLBAR"] = True

if __name__ == "__main__":
    # ruleid: python-flask-debug
    app.run(host="127.0.0.1", debug=True)
    # ok: python-flask-debug
    app.run(debug=False)
    # ok: python-flask-debug
    app.run(debug=settings.debug)
