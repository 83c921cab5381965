select {{ cent_to_dollar('x') }} as x
