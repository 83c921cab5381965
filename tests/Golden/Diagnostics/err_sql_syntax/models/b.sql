select 1 as one, 2 as two, '3' as three, 4 as four
