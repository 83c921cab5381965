select {{ function('undeclared') }}() as v
