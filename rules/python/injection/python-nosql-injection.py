from bson import ObjectId
from flask import request
from pymongo import MongoClient

users = MongoClient().app.users


@app.route("/login", methods=["POST"])
def login():
    data = request.get_json()
    # ruleid: python-nosql-injection
    users.find_one({"name": data["name"], "password": data["password"]})
    # ruleid: python-nosql-injection
    users.find(data)
    # ruleid: python-nosql-injection
    users.delete_many(filter=request.json)
    name = data["name"]
    query = {"name": name}
    # ruleid: python-nosql-injection
    users.update_one(query, {"$set": {"seen": True}})
    # ok: python-nosql-injection
    users.find_one({"name": str(data["name"])})
    # ok: python-nosql-injection
    users.find_one({"_id": ObjectId(data["id"])})
    # ok: python-nosql-injection
    users.find_one({"name": request.args["name"]})
    # ok: python-nosql-injection
    users.insert_one(data)
    if not isinstance(name, str):
        abort(400)
    # ok: python-nosql-injection
    users.find_one({"name": name})


def cleaned(request):
    # ok: python-nosql-injection
    users.find_one({"_id": bson.objectid.ObjectId(request.json["id"])})
    # ok: python-nosql-injection
    users.find_one({"name": request.json["name"].strip()})
    # ok: python-nosql-injection
    users.find_one({"name": request.json["name"].lower()})


def raw(request):
    # ruleid: python-nosql-injection
    return User.objects(__raw__=request.json)


def filtered(request):
    # ruleid: python-nosql-injection
    return collection.find(json.loads(request.GET["filter"]))


def filtered_or_all(request):
    # ruleid: python-nosql-injection
    return collection.find(json.loads(request.GET.get("filter", "{}")))
