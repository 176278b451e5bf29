;;; eglot-session.el --- types into a buffer in a real Emacs and prints what eglot shows  -*- lexical-binding: t -*-

;; Run with `emacs --batch -l SETUP -l THIS FILE': SETUP is what the documentation says.

(require 'eglot)
(require 'cl-lib)

(defvar session-seconds 120 "Seconds after which a condition that does not hold is a failure.")
(setq eglot-autoreconnect nil
      eglot-send-changes-idle-time 0.05
      eglot-confirm-server-initiated-edits nil
      flymake-no-changes-timeout 0.05)

(defun session-pause ()
  "Do what Emacs does when its user pauses, which batch mode has no command loop for."
  (run-hooks 'post-command-hook)
  (mapc #'timer-event-handler (copy-sequence timer-idle-list))
  (accept-process-output nil 0.05))

(defun session-wait (what condition)
  "Wait until CONDITION, a function, gives something; fail with WHAT after `session-seconds'."
  (let ((until (+ (float-time) session-seconds)) value)
    (while (not (setq value (funcall condition)))
      (when (> (float-time) until)
        (error "%s did not come; diagnostics: %S" what (session-messages)))
      (session-pause))
    value))

(defun session-messages ()
  "What Flymake shows in the buffer."
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun session-shows (part)
  "Wait until a diagnostic has PART in its text, and print that."
  (session-wait part (lambda () (cl-some (lambda (text) (string-match-p (regexp-quote part) text))
                                         (session-messages))))
  (message "shown: %s" part))

(find-file "a.py")
(session-wait "the server" #'eglot-current-server)
(insert "import ast\neval(x)\nexec(y)\n")
(session-shows "runs whatever the text says")
(session-shows "exec runs code")

(goto-char (point-min))
(search-forward "eval")
(session-wait "a fix" (lambda ()
                        (cl-some (lambda (action) (eq t (plist-get action :isPreferred)))
                                 (eglot-code-actions (point-min) (point-max)))))
(setq last-nonmenu-event ?\r) ; a key, not the mouse
(cl-letf (((symbol-function 'completing-read)
           ;; Confirm the one that is offered.
           (lambda (_prompt _choices _predicate _match _initial _history default &rest _)
             (if (consp default) (car default) default))))
  (eglot-code-actions (point) nil "quickfix" t))
(session-wait "the fixed text" (lambda () (string-match-p "ast.literal_eval(x)" (buffer-string))))
(message "fixed: %s" (buffer-substring (point-min) (point-max)))
(session-wait "the diagnostic's end" (lambda () (equal (length (session-messages)) 1)))
(message "saved: %s" (file-exists-p "a.py"))
(set-buffer-modified-p nil)
(kill-emacs 0)

;;; eglot-session.el ends here
