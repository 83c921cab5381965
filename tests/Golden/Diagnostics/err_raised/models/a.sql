select {{ checked('bad') }} as x
