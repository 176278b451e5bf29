// ruleid: javascript-plain-password-compare
if (user.password === req.body.password) login(user);
// ruleid: javascript-plain-password-compare
if (password !== account.password) refuse();
// ruleid: javascript-plain-password-compare
if (rows[0].password == req.body.password) login(rows[0]);
// ruleid: javascript-plain-password-compare
if (req.body.pwd != user.pwd) refuse();
// ok: javascript-plain-password-compare
if (req.body.password !== req.body.confirmPassword) refuse();
// ok: javascript-plain-password-compare
if (user.password === undefined) refuse();
// ok: javascript-plain-password-compare
if (await bcrypt.compare(req.body.password, user.password)) login(user);
// ok: javascript-plain-password-compare
if (form.password !== password) refuse();
// ok: javascript-plain-password-compare
if (password.length < 12) refuse();
