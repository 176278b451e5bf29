FROM python:3.13-slim
COPY . /app
# ruleid: dockerfile-no-user
CMD ["python", "/app/main.py"]
