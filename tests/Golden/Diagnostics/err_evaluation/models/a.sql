select {{ 1 + 'a' }} as x
