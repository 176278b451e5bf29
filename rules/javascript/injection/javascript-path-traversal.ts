import { readFile, writeFile } from "fs/promises";

export async function read(req: Request, res: Response): Promise<void> {
  // ruleid: javascript-path-traversal
  const text = await readFile(`./files/${req.params.name}`);
  // ruleid: javascript-path-traversal
  await writeFile("./up/" + req.body.name, req.body.text);
  // ok: javascript-path-traversal
  await readFile("./files/index.html");
}
