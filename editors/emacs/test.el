;;; test.el --- Eglot, Flymake and the real server  -*- lexical-binding: t; -*-

;;; Commentary:

;; Emacs in batch mode, in the folder of the fixture; nothing is saved.  It prints
;; what it saw.

;;; Code:

(require 'cl-lib)
(require 'compile)
(require 'eglot)
(require 'go-mode)
(require 'yaml-mode)
(require 'reactor-gen)

(setq create-lockfiles nil
      make-backup-files nil
      eglot-sync-connect 60
      eglot-events-buffer-size 0
      project-find-functions '((lambda (dir) (cons 'transient (locate-dominating-file dir "go.mod")))))
(add-hook 'go-mode-hook #'reactor-gen-eglot-ensure)
(add-hook 'yaml-mode-hook #'reactor-gen-eglot-ensure)

(defconst fixture default-directory
  "The folder of the project.")

(defun say (&rest arguments)
  "Print the text that ARGUMENTS are for `format'."
  (princ (concat (apply #'format arguments) "\n")))

(defun wait (what so)
  "Wait until SO returns something, and that is the value; WHAT is what it waits for."
  (with-timeout (60 (error "Never: %s" what))
    (let (it)
      (while (not (setq it (funcall so)))
        (accept-process-output nil 0.01))
      it)))

(defun visit (file)
  "Open FILE as a person does, after whose command Eglot connects."
  (find-file file)
  (run-hooks 'post-command-hook))

(defun replace (old new)
  "Replace the text OLD by NEW."
  (goto-char (point-min))
  (search-forward old)
  (replace-match new t t))

(defun diagnostics (count)
  "Wait until this buffer has COUNT diagnostics, and return them.
The server is told of edits, as an idle moment does it for a person."
  (when (eglot-current-server)
    (eglot--signal-textDocument/didChange))
  (wait (format "%d diagnostics" count)
        (lambda () (= (length (flymake-diagnostics)) count)))
  (flymake-diagnostics))

(defun text (diagnostic)
  "The text that DIAGNOSTIC is about."
  (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic)))

(defun this-line ()
  "The line at point."
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(visit "plasma.go")
(wait "a server" (lambda () (eglot-current-server)))
(replace "name=plasma" "\"author=é😀\" name=Plasma")
(let ((found (car (diagnostics 1))))
  (say "%S: %s" (text found) (car (split-string (flymake-diagnostic-text found) "\n")))
  (goto-char (flymake-diagnostic-beg found)))

(cl-letf (((symbol-function 'completing-read)
           (lambda (_ choices &rest _) (say "choose %s" (caar choices)) (caar choices)))
          (last-nonmenu-event ?x)) ; a key, so that no menu pops up
  (call-interactively #'eglot-code-actions))
(diagnostics 0)
(say "%s" (this-line))

;; Completion: what stands before point is completed by what is the only way to.
(defun complete (old typed)
  "Replace OLD by TYPED, complete that, and print the line."
  (replace old typed)
  (eglot--signal-textDocument/didChange)
  (completion-at-point)
  (say "%s" (this-line)))

(complete "config=configs/default.yaml" "conf")
(complete "config=" "config=")
(diagnostics 0)

;; A key is renamed in Go, and in YAML with it; then back, from YAML.
(defun rename (text name)
  "Rename what TEXT ends with to NAME."
  (goto-char (point-min))
  (search-forward text)
  (backward-char)
  (cl-letf (((symbol-function 'y-or-n-p) #'always)) ; that files are edited
    (eglot-rename name))
  (dolist (file '("plasma.go" "configs/default.yaml"))
    (with-current-buffer (find-file-noselect (expand-file-name file fixture))
      (diagnostics 0)
      (goto-char (point-min))
      (while (re-search-forward "^.*é😀\" yaml.*$\\|^[a-z]+: .*$" nil t)
        (say "%s" (match-string-no-properties 0))))))

(rename "json:\"é😀\" yaml:\"strength" "glow")
(visit (expand-file-name "configs/default.yaml" fixture))
(rename "é😀 at ${glow" "strength")

(eglot-shutdown (eglot-current-server))
(dolist (buffer (buffer-list))
  (with-current-buffer buffer
    (when buffer-file-name (set-buffer-modified-p nil))))

;; What is saved, beside another server: Flymake alone, and M-x compile.
(remove-hook 'go-mode-hook #'reactor-gen-eglot-ensure)
(add-hook 'go-mode-hook #'reactor-gen-flymake-setup)
(visit (expand-file-name "model/plasma.go" (getenv "BROKEN")))
(say "%s" (flymake-diagnostic-text (car (diagnostics 1))))
(say "%S" (text (car (flymake-diagnostics))))

(cd (getenv "BROKEN"))
(with-current-buffer (compile "reactor-gen check --color never")
  (wait "check" (lambda () (not (get-buffer-process (current-buffer)))))
  (compilation-next-error 1 nil (point-min))
  (say "%s" (this-line)))

;;; test.el ends here
