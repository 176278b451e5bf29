import csv

from flask import request

writer = csv.writer(stream)


@app.route("/export")
def export():
    name = request.args["name"]
    # ruleid: python-csv-formula
    writer.writerow([name, 1])
    rows = [[value, 1] for value in request.args.getlist("v")]
    # ruleid: python-csv-formula
    writer.writerows(rows)
    # ruleid: python-csv-formula
    csv.DictWriter(stream, ["name"]).writerow({"name": name})
    # ok: python-csv-formula
    writer.writerow([escape_cell(name), 1])
    # ok: python-csv-formula
    writer.writerow([int(request.args["n"]), 1])
    # ok: python-csv-formula
    writer.writerow(["name", "count"])
    # ok: python-csv-formula
    logger.write(name)


def sheet(request):
    book = openpyxl.Workbook()
    worksheet = book.active
    # ruleid: python-csv-formula
    worksheet.append([request.GET["q"]])


def quoted(request):
    import csv

    writer = csv.writer(open("report.csv", "w"))
    name = request.GET["name"]
    # ruleid: python-csv-formula
    writer.writerow([name])
    if name.startswith(("=", "+", "-", "@")):
        name = "'" + name
    # ok: python-csv-formula
    writer.writerow([name])
