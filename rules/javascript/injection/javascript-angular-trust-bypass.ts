import { Component } from "@angular/core";
import { DomSanitizer, SecurityContext } from "@angular/platform-browser";

export class Comment {
  constructor(private sanitizer: DomSanitizer, comment: Model) {
    // ruleid: javascript-angular-trust-bypass
    this.html = this.sanitizer.bypassSecurityTrustHtml(comment.text);
    // ruleid: javascript-angular-trust-bypass
    this.frame = sanitizer.bypassSecurityTrustResourceUrl(comment.url);
    // ruleid: javascript-angular-trust-bypass
    this.link = sanitizer.bypassSecurityTrustUrl("javascript:" + comment.code);
    // ok: javascript-angular-trust-bypass
    this.icon = sanitizer.bypassSecurityTrustHtml("<svg></svg>");
    // ok: javascript-angular-trust-bypass
    this.text = comment.text;
    // ok: javascript-angular-trust-bypass
    this.clean = sanitizer.sanitize(SecurityContext.HTML, comment.text);
    // ok: javascript-angular-trust-bypass
    this.both = sanitizer.bypassSecurityTrustHtml(DOMPurify.sanitize(comment.text));
  }
}
