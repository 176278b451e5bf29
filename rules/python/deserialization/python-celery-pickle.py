from celery import Celery

app = Celery("tasks")
# ruleid: python-celery-pickle
app.conf.task_serializer = "pickle"
# ruleid: python-celery-pickle
app.conf.accept_content = ["json", "pickle"]
# ruleid: python-celery-pickle
app.conf.update(result_expires=60, accept_content=["pickle"])
# ruleid: python-celery-pickle
CELERY_TASK_SERIALIZER = "pickle"
# ruleid: python-celery-pickle
other = Celery("other", task_serializer="pickle")
# ruleid: python-celery-pickle
CELERY_ACCEPT_CONTENT = ["pickle"]
# ruleid: python-celery-pickle
app.conf.update(task_serializer="pickle")
# ruleid: python-celery-pickle
another = Celery("another", accept_content=["pickle"])

# ok: python-celery-pickle
app.conf.task_serializer = "json"
# ok: python-celery-pickle
app.conf.accept_content = ["json"]
# ok: python-celery-pickle
app.conf.update(task_serializer="json")
# ok: python-celery-pickle
CELERY_TASK_SERIALIZER = "json"
