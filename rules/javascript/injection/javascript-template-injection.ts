import { render } from "ejs";
import { Request, Response } from "express";

export function preview(req: Request, res: Response) {
  // ruleid: javascript-template-injection
  res.type("html").end(render(req.body.template, {}));
  // ok: javascript-template-injection
  res.type("html").end(render("<p><%= title %></p>", { title: req.body.title }));
}
