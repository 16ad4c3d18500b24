;;; reactor-gen.el --- Real-time video models in Go  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools
;; URL: https://github.com/reactorgen/reactor

;;; Commentary:

;; Two ways to see what `reactor-gen' says of a model, in modules that need
;; github.com/reactorgen/reactor and nowhere else.
;;
;; Eglot runs one server in a buffer.  Where that may be ours, findings are those of
;; the text as it is typed, with fixes, completion and renaming:
;;
;;     (add-hook 'go-mode-hook #'reactor-gen-eglot-ensure)
;;     (add-hook 'yaml-mode-hook #'reactor-gen-eglot-ensure)
;;
;; Where it is gopls, Flymake shows our findings too, of what is saved:
;;
;;     (add-hook 'eglot-managed-mode-hook #'reactor-gen-flymake-setup)

;;; Code:

(require 'cl-lib)
(require 'flymake)
(require 'json)

(defvar eglot-server-programs)
(declare-function eglot-ensure "eglot")

(defgroup reactor-gen nil
  "Real-time video models in Go."
  :group 'languages)

(defcustom reactor-gen-command nil
  "The program and its first arguments, a list of strings.
When nil, it is \"reactor-gen\" where that is in the variable `exec-path', else
the tool of the module, \"go tool reactor-gen\"."
  :type '(choice (const :tag "Found" nil) (repeat string)))

(defun reactor-gen--command (module &rest arguments)
  "The command line of the program for MODULE, a folder, with ARGUMENTS."
  (append (cond (reactor-gen-command)
                ((executable-find "reactor-gen") '("reactor-gen"))
                (t (list "go" "-C" module "tool" "reactor-gen")))
          arguments))

(defun reactor-gen--module ()
  "The folder of the module of this buffer's file, when it needs reactor."
  (when-let* ((file buffer-file-name)
              (dir (locate-dominating-file file "go.mod")))
    (with-temp-buffer
      (insert-file-contents (expand-file-name "go.mod" dir))
      (and (search-forward "github.com/reactorgen/reactor" nil t)
           (expand-file-name dir)))))

;;;###autoload
(defun reactor-gen-eglot-ensure ()
  "Start Eglot with our language server, where the module needs reactor."
  (when-let ((module (reactor-gen--module)))
    (require 'eglot)
    (setq-local eglot-server-programs
                (cons (cons '(go-mode go-ts-mode go-dot-mod-mode go-mod-ts-mode yaml-mode yaml-ts-mode)
                            (reactor-gen--command module "lsp"))
                      eglot-server-programs))
    (eglot-ensure)))

;;;###autoload
(defun reactor-gen-flymake-setup ()
  "Have Flymake show what `check' has found, where the module needs reactor."
  (when (reactor-gen--module)
    (add-hook 'flymake-diagnostic-functions #'reactor-gen-flymake nil t)
    (flymake-mode 1)))

(defvar-local reactor-gen--process nil
  "The look at the files that is on its way.")

(defun reactor-gen-flymake (report &rest _)
  "Hand REPORT what `check' has found in this buffer's file.
The look is at what is saved: while the buffer is not, what was found stays."
  (when (process-live-p reactor-gen--process)
    (kill-process reactor-gen--process))
  (unless (buffer-modified-p)
    (let ((default-directory (reactor-gen--module))
          (buffer (current-buffer)))
      (setq reactor-gen--process
            (make-process
             :name "reactor-gen-flymake" :noquery t :connection-type 'pipe
             :buffer (generate-new-buffer " *reactor-gen-flymake*")
             :command (reactor-gen--command default-directory "check" "--workspace" "--format" "json")
             :sentinel (lambda (process _)
                         (unless (process-live-p process)
                           (reactor-gen--report process buffer report))))))))

(defun reactor-gen--report (process buffer report)
  "Hand REPORT what PROCESS has found in BUFFER, if it is the newest look."
  (unwind-protect
      (when (and (buffer-live-p buffer)
                 (eq process (buffer-local-value 'reactor-gen--process buffer)))
        (with-current-buffer buffer
          (if (memq (process-exit-status process) '(0 1))
              (funcall report (reactor-gen--diagnostics (process-buffer process)))
            (funcall report :panic :explanation
                     (with-current-buffer (process-buffer process) (buffer-string))))))
    (kill-buffer (process-buffer process))))

(defun reactor-gen--diagnostics (output)
  "The diagnostics of this buffer in the buffer OUTPUT."
  (let ((module (buffer-local-value 'default-directory output))
        (found (with-current-buffer output
                 (goto-char (point-min))
                 (alist-get 'diagnostics (json-parse-buffer :object-type 'alist)))))
    (cl-loop for one across found
             for range = (alist-get 'range one)
             for file = (alist-get 'file range) ; relative to the module
             when (and file (file-equal-p (expand-file-name file module) buffer-file-name))
             collect (reactor-gen--diagnostic one range))))

(defun reactor-gen--diagnostic (one range)
  "The diagnostic of this buffer that ONE is, at RANGE of its file's bytes."
  (let ((start (alist-get 'start range)))
    (flymake-make-diagnostic
     (current-buffer)
     (filepos-to-bufferpos start 'exact)
     (filepos-to-bufferpos (max (alist-get 'end range) (1+ start)) 'exact)
     (if (equal (alist-get 'severity one) "error") :error :warning)
     (format "%s [%s]" (alist-get 'summary one) (alist-get 'code one)))))

(provide 'reactor-gen)
;;; reactor-gen.el ends here
