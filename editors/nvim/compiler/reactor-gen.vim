" :compiler reactor-gen, then :make, puts what check finds into the quickfix list.
if exists("current_compiler")
  finish
endif
let current_compiler = "reactor-gen"
CompilerSet makeprg=reactor-gen\ check\ --frames\ never\ --color\ never
CompilerSet errorformat=%f:%l:%c:\ %t%*[a-z]:\ %m\ [RG%n],%-G%.%#
