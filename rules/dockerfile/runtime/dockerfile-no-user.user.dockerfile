FROM python:3.13-slim
# ok: dockerfile-no-user
USER app
# ok: dockerfile-no-user
CMD ["python", "/app/main.py"]
