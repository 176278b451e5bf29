import uuid
from uuid import uuid1, uuid4


def reset(user, session):
    # ruleid: python-uuid1-token
    user.reset_token = uuid.uuid4().hex
    # ruleid: python-uuid1-token
    session_id = str(uuid.uuid4())
    # ruleid: python-uuid1-token
    session["csrf"] = str(uuid.uuid4())
    # ok: python-uuid1-token
    api_key = uuid.uuid4().hex
    # ok: python-uuid1-token
    secret = str(uuid4())
    # ok: python-uuid1-token
    event_id = uuid1()
    # ok: python-uuid1-token
    return uuid.uuid1()
