# ruleid: dockerfile-image-without-version
FROM python
# ruleid: dockerfile-image-without-version
FROM node:latest
# ruleid: dockerfile-image-without-version
FROM debian AS builder
# ok: dockerfile-image-without-version
FROM python:3.12-slim
# ok: dockerfile-image-without-version
FROM node:20 AS build
# ok: dockerfile-image-without-version
FROM python@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d
# ok: dockerfile-image-without-version
FROM scratch
# ok: dockerfile-image-without-version
FROM build
