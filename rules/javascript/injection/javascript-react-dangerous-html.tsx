import DOMPurify from "dompurify";

export function Comment({ comment, html }: { comment: any; html: string }) {
  return (
    <div>
      {/* ruleid: javascript-react-dangerous-html */}
      <p dangerouslySetInnerHTML={{ __html: comment.body }} />
      {/* ruleid: javascript-react-dangerous-html */}
      <p className="a" dangerouslySetInnerHTML={{ __html: html }}></p>
      {/* ruleid: javascript-react-dangerous-html */}
      <p dangerouslySetInnerHTML={{ __html: `<b>${comment.name}</b>` }} id="x" />
      {/* ok: javascript-react-dangerous-html */}
      <p>{comment.body}</p>
      {/* ok: javascript-react-dangerous-html */}
      <p dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(comment.body) }} />
      {/* ok: javascript-react-dangerous-html */}
      <p dangerouslySetInnerHTML={{ __html: "<b>constant</b>" }} />
      {/* ok: javascript-react-dangerous-html */}
      <p innerText={html} />
    </div>
  );
}

// ruleid: javascript-react-dangerous-html
export const Created = (props: { html: string }) => React.createElement("div", { dangerouslySetInnerHTML: { __html: props.html } });
// ok: javascript-react-dangerous-html
export const Fixed = () => React.createElement("div", { dangerouslySetInnerHTML: { __html: "<b>fixed</b>" } });
