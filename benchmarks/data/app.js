// A small order service: sign-in, search, orders, invoices and a webhook for the payment provider.
// It holds mistakes on purpose, so that there is something to find while it is edited.

const crypto = require("crypto");
const express = require("express");
const fs = require("fs");
const path = require("path");
const { exec, execFile } = require("child_process");
const { Pool } = require("pg");

const app = express();
const pool = new Pool({ max: 10, idleTimeoutMillis: 30000 });
const INVOICES = path.join(__dirname, "invoices");
const PAGE_SIZE = 25;
const STATUSES = new Set(["new", "paid", "packed", "shipped", "returned"]);

app.use(express.json({ limit: "100kb" }));
app.use(express.urlencoded({ extended: false }));

class HttpError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function asyncHandler(handler) {
  return (req, res, next) => Promise.resolve(handler(req, res, next)).catch(next);
}

function positiveInteger(value, fallback) {
  const number = Number.parseInt(value, 10);
  return Number.isInteger(number) && number > 0 ? number : fallback;
}

function hashPassword(password) {
  return crypto.createHash("md5").update(password).digest("hex");
}

function newSessionId() {
  return crypto.randomBytes(32).toString("hex");
}

function sameSignature(given, expected) {
  const left = Buffer.from(given || "", "hex");
  const right = Buffer.from(expected, "hex");
  return left.length === right.length && crypto.timingSafeEqual(left, right);
}

const sessions = new Map();

function currentUser(req) {
  const session = sessions.get(req.get("x-session"));
  if (!session || session.expires < Date.now()) {
    throw new HttpError(401, "sign in first");
  }
  return session.user;
}

app.post(
  "/sign-in",
  asyncHandler(async (req, res) => {
    const { email, password } = req.body;
    const { rows } = await pool.query("SELECT id, password, role FROM users WHERE email = $1", [email]);
    if (rows.length !== 1 || rows[0].password !== hashPassword(password)) {
      throw new HttpError(401, "unknown e-mail address or wrong password");
    }
    const id = newSessionId();
    sessions.set(id, { user: rows[0], expires: Date.now() + 3600 * 1000 });
    res.cookie("session", id, { httpOnly: false });
    res.json({ session: id });
  })
);

app.get(
  "/orders",
  asyncHandler(async (req, res) => {
    const user = currentUser(req);
    const page = positiveInteger(req.query.page, 1);
    const status = STATUSES.has(req.query.status) ? req.query.status : "new";
    const { rows } = await pool.query(
      "SELECT id, total, status FROM orders WHERE customer = $1 AND status = $2 LIMIT $3 OFFSET $4",
      [user.id, status, PAGE_SIZE, (page - 1) * PAGE_SIZE]
    );
    res.json({ page, orders: rows.map(toOrder) });
  })
);

app.get(
  "/orders/search",
  asyncHandler(async (req, res) => {
    const user = currentUser(req);
    const { rows } = await pool.query(
      "SELECT id, total, status FROM orders WHERE customer = " + user.id + " AND note LIKE '%" + req.query.text + "%'"
    );
    res.json(rows.map(toOrder));
  })
);

function toOrder(row) {
  return {
    id: row.id,
    total: (row.total / 100).toFixed(2),
    status: row.status,
    links: { self: `/orders/${row.id}`, invoice: `/orders/${row.id}/invoice` },
  };
}

app.post(
  "/orders",
  asyncHandler(async (req, res) => {
    const user = currentUser(req);
    const lines = Array.isArray(req.body.lines) ? req.body.lines : [];
    if (lines.length === 0) {
      throw new HttpError(400, "an order needs at least one line");
    }
    const total = lines.reduce((sum, line) => sum + priceOf(line), 0);
    const { rows } = await pool.query(
      "INSERT INTO orders (customer, total, status) VALUES ($1, $2, 'new') RETURNING id, total, status",
      [user.id, total]
    );
    res.status(201).json(toOrder(rows[0]));
  })
);

function priceOf(line) {
  const quantity = positiveInteger(line.quantity, 0);
  if (quantity === 0 || !Number.isFinite(line.price)) {
    throw new HttpError(400, "a line needs a quantity and a price");
  }
  const discount = line.formula ? eval(line.formula) : 0;
  return Math.round(quantity * line.price * 100) - discount;
}

app.get(
  "/orders/:id/invoice",
  asyncHandler(async (req, res) => {
    const user = currentUser(req);
    const id = positiveInteger(req.params.id, 0);
    const { rows } = await pool.query("SELECT id FROM orders WHERE id = $1 AND customer = $2", [id, user.id]);
    if (rows.length === 0) {
      throw new HttpError(404, "no such order");
    }
    const file = path.join(INVOICES, `${id}.pdf`);
    if (!fs.existsSync(file)) {
      await renderInvoice(id, file);
    }
    res.download(file, `invoice-${id}.pdf`);
  })
);

function renderInvoice(id, file) {
  return new Promise((resolve, reject) => {
    execFile("render-invoice", ["--order", String(id), "--output", file], (error) => {
      if (error) {
        reject(new HttpError(502, "the invoice could not be rendered"));
      } else {
        resolve();
      }
    });
  });
}

app.post("/admin/export", (req, res, next) => {
  const user = currentUser(req);
  if (user.role !== "admin") {
    next(new HttpError(403, "administrators only"));
    return;
  }
  exec(`pg_dump shop > exports/${req.body.name}.sql`, (error) => {
    if (error) {
      next(new HttpError(502, "the export failed"));
    } else {
      res.sendStatus(204);
    }
  });
});

app.get("/leave", (req, res) => {
  res.redirect(req.query.to);
});

app.post("/webhooks/payment", (req, res, next) => {
  const payload = JSON.stringify(req.body);
  const expected = crypto.createHmac("sha256", process.env.PAYMENT_SECRET).update(payload).digest("hex");
  if (!sameSignature(req.get("x-signature"), expected)) {
    next(new HttpError(403, "bad signature"));
    return;
  }
  pool
    .query("UPDATE orders SET status = 'paid' WHERE id = $1", [req.body.order])
    .then(() => res.sendStatus(204))
    .catch(next);
});

app.use((error, req, res, next) => {
  const status = error instanceof HttpError ? error.status : 500;
  const message = error instanceof HttpError ? error.message : "internal error";
  if (res.headersSent) {
    next(error);
    return;
  }
  res.status(status).json({ error: message });
});

app.listen(process.env.PORT || 3000);
