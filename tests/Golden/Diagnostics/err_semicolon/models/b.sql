select ';' as one /* ; */
