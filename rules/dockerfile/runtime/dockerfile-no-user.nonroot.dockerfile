FROM gcr.io/distroless/python3:nonroot
# ok: dockerfile-no-user
CMD ["/app/main.py"]
