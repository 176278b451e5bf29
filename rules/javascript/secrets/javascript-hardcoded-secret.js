const jwt = require("jsonwebtoken");

// ruleid: javascript-hardcoded-secret
const token = jwt.sign(claims, "s3cret-k3y");
// ruleid: javascript-hardcoded-secret
app.use(session({ secret: "keyboard cat", resave: false }));
// ruleid: javascript-hardcoded-secret
const client = connect({ user: "app", password: "c0rrect-h0rse" });
// ruleid: javascript-hardcoded-secret
config.apiKey = "9f8e7d6c5b4a39281706";

// ok: javascript-hardcoded-secret
const good = jwt.sign(claims, process.env.JWT_KEY);
// ok: javascript-hardcoded-secret
const labels = { password: "Password, 8 characters" };
// ok: javascript-hardcoded-secret
const api_key = "your_key_0001";
// ok: javascript-hardcoded-secret
const password = "";
// ok: javascript-hardcoded-secret
const inputs = { password: "user-password-2" };
// ruleid: javascript-hardcoded-secret
const JWT_SECRET = "sup3rsecretjwtk3y";
// ruleid: javascript-hardcoded-secret
const key = process.env.API_KEY || "9a8b7c6d5e4f3a2b";
const settings = {
  user: "app",
  // ruleid: javascript-hardcoded-secret
  dbPassword: "Pr0d!pass99",
};
// ok: javascript-hardcoded-secret
const other = process.env.API_KEY || "";
// ok: javascript-hardcoded-secret
const secretName = "projects/app-1/secrets/db";
// ruleid: javascript-hardcoded-secret
const jwtSecret = "supersecretjwtkey";
// ok: javascript-hardcoded-secret
const sessionKey = "<generated>";

async function moreForms(req, res, request) {
  // ruleid: javascript-hardcoded-secret
  jwt.verify(token, "c0rrect-h0rse-battery");
  // ruleid: javascript-hardcoded-secret
  cookieParser("c0rrect-h0rse-battery");
  // ruleid: javascript-hardcoded-secret
  const key = process.env.API_SECRET ?? "c0rrect-h0rse-battery";
}

const mail = {
  // ruleid: javascript-hardcoded-secret
  auth: { user: "robot", pass: "Wq8Zt5Lk2m" },
};
const result = {
  // ok: javascript-hardcoded-secret
  pass: "with 3 warnings",
};

// ruleid: javascript-hardcoded-secret
JwtModule.register({ secret: "hard-coded-jwt", signOptions: { expiresIn: "60s" } });
// ok: javascript-hardcoded-secret
JwtModule.register({ secret: process.env.JWT_SECRET, signOptions: { expiresIn: "60s" } });
// ruleid: javascript-hardcoded-secret
app.keys = ["some key of ours"];
// ok: javascript-hardcoded-secret
app.keys = [process.env.COOKIE_KEY];
// ok: javascript-hardcoded-secret
table.keys = ["name", "age"];
// ruleid: javascript-hardcoded-secret
const bearer = { headers: { Authorization: "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.dozjgNryP4J3jVmNHl0w5NXgL0n3I9PlFUP0THsR8U" } };
// ok: javascript-hardcoded-secret
const shown = { headers: { Authorization: "Bearer <token>" } };
// ruleid: javascript-hardcoded-secret
const mongo = "mongodb://app:h0rse-battery@db.internal:27017/app";
// ruleid: javascript-hardcoded-secret
mongoose.connect("mongodb+srv://app:h0rse-battery@db.internal/app");
// ok: javascript-hardcoded-secret
const template = "mongodb://user:password@db.internal:27017/app";
// ok: javascript-hardcoded-secret
const local = "mongodb://app:h0rse-battery@localhost:27017/app";
// ok: javascript-hardcoded-secret
const open = "mongodb://db.internal:27017/app";
// ruleid: javascript-hardcoded-secret
const reached = new MongoClient("mongodb://app:h0rse-battery@db.internal/app");
// ruleid: javascript-hardcoded-secret
const database = { uri: "mongodb://app:h0rse-battery@db.internal/app" };
// ruleid: javascript-hardcoded-secret
const fallback = process.env.MONGO_URL || "mongodb://app:h0rse-battery@db.internal/app";
// ruleid: javascript-hardcoded-secret
const other = process.env.MONGO_URL ?? "mongodb://app:h0rse-battery@db.internal/app";
