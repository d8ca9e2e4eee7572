# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_insure_global_optspecs
    string join \n db= format= today= plan= config= color= q/quiet v/verbose h/help V/version
end

function __fish_insure_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_insure_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_insure_using_subcommand
    set -l cmd (__fish_insure_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c insure -n "__fish_insure_needs_command" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_needs_command" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_needs_command" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_needs_command" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_needs_command" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_needs_command" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_needs_command" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_needs_command" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_needs_command" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_needs_command" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_needs_command" -f -a "quote" -d 'What does it cost to cover this parcel? One value, or a file row by row'
complete -c insure -n "__fish_insure_needs_command" -f -a "insure" -d 'Cover one parcel together with its label'
complete -c insure -n "__fish_insure_needs_command" -f -a "batch-insure" -d 'Cover a file of parcels; the layout is recognised by its header'
complete -c insure -n "__fish_insure_needs_command" -f -a "track" -d 'Record what the carrier did: label, scan, delivery, trouble, cancellation'
complete -c insure -n "__fish_insure_needs_command" -f -a "cancel" -d 'End a cover before the carrier\'s first scan; the premium is refunded as the terms say'
complete -c insure -n "__fish_insure_needs_command" -f -a "claim" -d 'Judge, file, complete, decide, appeal and pay claims'
complete -c insure -n "__fish_insure_needs_command" -f -a "evidence" -d 'Keep documents of a parcel before anything happens, such as packing photos; or list them'
complete -c insure -n "__fish_insure_needs_command" -f -a "status" -d 'Show everything about an order, parcel, policy or claim, by any of its numbers'
complete -c insure -n "__fish_insure_needs_command" -f -a "search" -d 'Find policies: every condition given must hold'
complete -c insure -n "__fish_insure_needs_command" -f -a "report" -d 'What cover cost and what it paid, what is lost and late, what can still be claimed'
complete -c insure -n "__fish_insure_needs_command" -f -a "advise" -d 'What would full cover of this parcel be worth? By what became of your own parcels'
complete -c insure -n "__fish_insure_needs_command" -f -a "due" -d 'List what is due: claims to file before their window closes, documents and answers still owed, decisions and payments that are late, appeals that end soon'
complete -c insure -n "__fish_insure_needs_command" -f -a "plan" -d 'Which terms there are, what they say, and the one-time agreement'
complete -c insure -n "__fish_insure_needs_command" -f -a "layout" -d 'Which files can be read, what is read of them, and layouts of your own'
complete -c insure -n "__fish_insure_needs_command" -f -a "ledger" -d 'Look after the ledger and the documents beside it'
complete -c insure -n "__fish_insure_needs_command" -f -a "completions" -d 'Print a completion script for your shell'
complete -c insure -n "__fish_insure_needs_command" -f -a "man" -d 'Print the manual page, or write one page a command into a folder'
complete -c insure -n "__fish_insure_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand quote" -l value -d 'What it is worth, as one figure' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l product -d 'What the buyer paid for the goods' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l coupon -d 'The platform\'s coupons' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l shipping -d 'The shipping fee the buyer paid' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l from -d 'Country it leaves from [default: the plan\'s home]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l to -d 'Country it goes to [default: the plan\'s home]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l carrier -d 'The carrier' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l service -d 'The carrier\'s service' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l shipped -d 'How it is handed over, in the plan\'s words, such as drop-box (insure plan show lists them)' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l goods -d 'The kind of goods' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l contents -d 'What is in it, in your words' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l fulfilment -d 'Whose label: platform-label, seller-label or platform-warehouse (FBT) [default: platform-label]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l ship-date -d 'The day it is handed to the carrier' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l order -d 'Order number' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l package -d 'Package number' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l tracking -d 'Tracking number of the label' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l cover -d 'How much cover: included (the free one), full, or an amount [default: full]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l explain -d 'Show each step: rule, clause, source, before, after; with --input, how this row became what it became: its line as messages say it, in a workbook its number; tracking:7 is one of the file of tracking numbers' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -s i -l input -d 'Price each row of a file; - is stdin. With it --tracking names a second file, which has the tracking numbers of the orders' -r -F
complete -c insure -n "__fish_insure_using_subcommand quote" -l tracking-layout -d 'Read the file of tracking numbers in this layout instead of the one its header shows' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l layout -d 'Read the file in this layout instead of the one its header shows' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l encoding -d 'The encoding of the file\'s text, such as gbk, shift_jis, windows-1252 [default: the one its bytes show]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l member -d 'The file to read in a zip archive that holds several' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l sheet -d 'The sheet to read in a workbook [default: the one whose header is known]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l amounts -d 'How the file writes amounts: point (1,234.56) or comma (1.234,56) [default: as its layout says, else as its columns show]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l dates -d 'How the file writes days: month-first (11/03/2026) or day-first (03/11/2026) [default: as its layout says, else as its columns show]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l zone -d 'Your time zone, such as America/Los_Angeles or -08:00: times that say how far they are from UTC count on your calendar; as-written takes every day as it stands [default: `zone` in config.toml, else as-written]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l currency -d 'Currency of the amounts given here, and of those in a file that name none [default: the plan\'s]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l fx -d 'What one CODE is in the plan\'s currency: EUR=1.0850 for a plan in USD says that 1 EUR is 1.0850 USD. With its day EUR=1.0850@2026-11-20; may be repeated' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand quote" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand quote" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand quote" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand quote" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand quote" -l label-exists -d 'The label exists already, so nothing can be bought any more'
complete -c insure -n "__fish_insure_using_subcommand quote" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand quote" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand quote" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand quote" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand insure" -l order -d 'Order number' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l package -d 'Package number' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l tracking -d 'Tracking number of the label' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l value -d 'What it is worth, as one figure' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l product -d 'What the buyer paid for the goods' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l coupon -d 'The platform\'s coupons' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l shipping -d 'The shipping fee the buyer paid' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l from -d 'Country it leaves from [default: the plan\'s home]' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l to -d 'Country it goes to [default: the plan\'s home]' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l carrier -d 'The carrier' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l service -d 'The carrier\'s service' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l shipped -d 'How it is handed over, in the plan\'s words, such as drop-box (insure plan show lists them)' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l goods -d 'The kind of goods' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l contents -d 'What is in it, in your words' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l fulfilment -d 'Whose label: platform-label, seller-label or platform-warehouse (FBT) [default: platform-label]' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l ship-date -d 'The day it is handed to the carrier' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l cover -d 'How much cover: included (the free one), full, or an amount' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l label-command -d 'Command that buys the label; the last line of its stdout is the tracking number' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l label-created-at -d 'The day the label was bought, if that was before this step' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l currency -d 'Currency of the amounts given here, and of those in a file that name none [default: the plan\'s]' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l fx -d 'What one CODE is in the plan\'s currency: EUR=1.0850 for a plan in USD says that 1 EUR is 1.0850 USD. With its day EUR=1.0850@2026-11-20; may be repeated' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand insure" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand insure" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand insure" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand insure" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand insure" -l accept-terms -d 'Accept the provider\'s one-time agreement'
complete -c insure -n "__fish_insure_using_subcommand insure" -l dry-run -d 'Decide everything, record nothing, buy no label'
complete -c insure -n "__fish_insure_using_subcommand insure" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand insure" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand insure" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand insure" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l tracking -d 'A second file with the tracking numbers of the orders: a shipping tool\'s export, or two columns order_id and tracking_number; - is stdin' -r -F
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l tracking-layout -d 'Read the file of tracking numbers in this layout instead of the one its header shows' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l cover -d 'How much cover: included (the free one), full, or an amount' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l rejects -d 'Write the rows that were refused, with line, code and reason, to this file' -r -F
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l max-premium -d 'Record nothing if the premiums come to more than this, in the plan\'s currency' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l explain -d 'Show how this row became what it became, and record nothing: its line as messages say it, in a workbook its number; tracking:7 is one of the file of tracking numbers' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l layout -d 'Read the file in this layout instead of the one its header shows' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l encoding -d 'The encoding of the file\'s text, such as gbk, shift_jis, windows-1252 [default: the one its bytes show]' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l member -d 'The file to read in a zip archive that holds several' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l sheet -d 'The sheet to read in a workbook [default: the one whose header is known]' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l amounts -d 'How the file writes amounts: point (1,234.56) or comma (1.234,56) [default: as its layout says, else as its columns show]' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l dates -d 'How the file writes days: month-first (11/03/2026) or day-first (03/11/2026) [default: as its layout says, else as its columns show]' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l zone -d 'Your time zone, such as America/Los_Angeles or -08:00: times that say how far they are from UTC count on your calendar; as-written takes every day as it stands [default: `zone` in config.toml, else as-written]' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l currency -d 'Currency of the amounts given here, and of those in a file that name none [default: the plan\'s]' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l fx -d 'What one CODE is in the plan\'s currency: EUR=1.0850 for a plan in USD says that 1 EUR is 1.0850 USD. With its day EUR=1.0850@2026-11-20; may be repeated' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l dry-run -d 'Decide everything, record nothing'
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -l accept-terms -d 'Accept the provider\'s one-time agreement'
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand batch-insure" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand track" -l at -d 'The day it happened [default: today]' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l note -d 'A remark that is kept with it' -r
complete -c insure -n "__fish_insure_using_subcommand track" -s i -l input -d 'Take in a file instead; - is stdin' -r -F
complete -c insure -n "__fish_insure_using_subcommand track" -l explain -d 'Show how this row became what it became, and record nothing: its line as messages say it, in a workbook its number' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l layout -d 'Read the file in this layout instead of the one its header shows' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l encoding -d 'The encoding of the file\'s text, such as gbk, shift_jis, windows-1252 [default: the one its bytes show]' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l member -d 'The file to read in a zip archive that holds several' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l sheet -d 'The sheet to read in a workbook [default: the one whose header is known]' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l amounts -d 'How the file writes amounts: point (1,234.56) or comma (1.234,56) [default: as its layout says, else as its columns show]' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l dates -d 'How the file writes days: month-first (11/03/2026) or day-first (03/11/2026) [default: as its layout says, else as its columns show]' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l zone -d 'Your time zone, such as America/Los_Angeles or -08:00: times that say how far they are from UTC count on your calendar; as-written takes every day as it stands [default: `zone` in config.toml, else as-written]' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand track" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand track" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand track" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand track" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand track" -l dry-run -d 'Decide everything, record nothing'
complete -c insure -n "__fish_insure_using_subcommand track" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand track" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand track" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand track" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand cancel" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand cancel" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand cancel" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand cancel" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand cancel" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand cancel" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand cancel" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand cancel" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand cancel" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand cancel" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "check" -d 'May it be claimed, from and until when, what is missing, what would it pay? Files nothing'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "file" -d 'File a claim for each parcel named, or for each row of a list, each on its own merits'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "show" -d 'Show a claim: what it asks, what it pays, its evidence and what is still missing'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "evidence" -d 'Documents that support a claim'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "affidavit" -d 'Ask the buyer for an affidavit, send it, note it, and add the signed one'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "refund" -d 'State whether the buyer was refunded, and why: insurers ask for it, and it documents the loss'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "packet" -d 'Make the packet a claim is sent with: claim form and invoice (PDF), its evidence, the affidavit, a manifest with all hashes'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "amend" -d 'State what became known of a claim after it was filed, until it is decided'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "decide" -d 'Book what the insurer decided, on one claim or on a list of them'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "appeal" -d 'Appeal a rejection, or an acceptance of less than the terms pay'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "pay" -d 'Record what was paid on a claim, or a statement of payments; with all of what was granted a claim is paid'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "withdraw" -d 'Take a claim back, for instance to file it for another reason; or the appeal that is heard'
complete -c insure -n "__fish_insure_using_subcommand claim; and not __fish_seen_subcommand_from check file show evidence affidavit refund packet amend decide appeal pay withdraw help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l reason -d 'What happened, as far as the plan covers it: loss, damage, shortage, delay, theft, misdelivery' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l amount -d 'What was lost or damaged is worth this much [default for a loss: the package value]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l evidence -d 'A document: what it shows and where it is, such as invoice=inv.pdf' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l dated -d 'The day the affidavit bears' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l repair-cost -d 'What does the repair cost?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l replacement-cost -d 'What does a replacement of the same kind cost?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l purchase-price -d 'What were the goods bought for?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l packaging-cost -d 'What did the packaging cost?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l shipping-fee -d 'What was the shipping fee?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l carrier-paid -d 'What did the carrier or anyone else pay already (0 if nothing)?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l signed-at -d 'When was the parcel signed for? (a day and a time such as 2026-11-03T14:30)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l found-at -d 'When was the incident found? (a day and a time such as 2026-11-03T14:30)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l notice-on -d 'On which day was the carrier told, or an inquiry opened? (a day such as 2026-11-03)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l due-on -d 'On which day did the carrier mean to deliver? (a day such as 2026-11-03)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l distance-m -d 'How far from the address was it delivered, in metres? (whole metres such as 650)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l filed-by -d 'Who files the claim? (one of seller, buyer, outlet, forwarder)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l parts -d 'How many of the parts are lost or damaged, of how many? (two numbers such as 1/2)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l packaging-intact -d 'Did the packaging arrive intact?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l fact -d 'The answer to any other question of the plan' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l is-return -d 'The parcel is the buyer\'s return'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -l explain -d 'Show each step: rule, clause, source, before, after'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l reason -d 'What happened, as far as the plan covers it: loss, damage, shortage, delay, theft, misdelivery; with --input to the parcels of rows that do not say it' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l amount -d 'What was lost or damaged is worth this much [default for a loss: the package value]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l evidence -d 'A document: what it shows and where it is, such as invoice=inv.pdf' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l dated -d 'The day the affidavit bears' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l repair-cost -d 'What does the repair cost?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l replacement-cost -d 'What does a replacement of the same kind cost?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l purchase-price -d 'What were the goods bought for?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l packaging-cost -d 'What did the packaging cost?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l shipping-fee -d 'What was the shipping fee?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l carrier-paid -d 'What did the carrier or anyone else pay already (0 if nothing)?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l signed-at -d 'When was the parcel signed for? (a day and a time such as 2026-11-03T14:30)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l found-at -d 'When was the incident found? (a day and a time such as 2026-11-03T14:30)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l notice-on -d 'On which day was the carrier told, or an inquiry opened? (a day such as 2026-11-03)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l due-on -d 'On which day did the carrier mean to deliver? (a day such as 2026-11-03)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l distance-m -d 'How far from the address was it delivered, in metres? (whole metres such as 650)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l filed-by -d 'Who files the claim? (one of seller, buyer, outlet, forwarder)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l parts -d 'How many of the parts are lost or damaged, of how many? (two numbers such as 1/2)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l packaging-intact -d 'Did the packaging arrive intact?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l fact -d 'The answer to any other question of the plan' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -s i -l input -d 'File a list of claims, CSV or XLSX, with a header; - is stdin' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l encoding -d 'The encoding of the list\'s text, such as gbk, shift_jis, windows-1252 [default: the one its bytes show]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l member -d 'The file to read in a zip archive that holds several' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l sheet -d 'The sheet to read in a workbook [default: the one whose header is known]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l is-return -d 'The parcel is the buyer\'s return'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -l dry-run -d 'Decide everything, record nothing'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from file" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from show" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from show" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from show" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from show" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from show" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from show" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -f -a "add" -d 'Add documents to claims; a draft that lacks nothing any more is complete'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -f -a "list" -d 'List what the terms ask of claims: what is there, what is missing, who owes it'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from evidence" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l input -d 'A list of claims with the columns claim, to, name and language (the last two may be absent); - is stdin' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l encoding -d 'The encoding of the list\'s text, such as gbk, shift_jis, windows-1252 [default: the one its bytes show]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l member -d 'The file to read in a zip archive that holds several' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l sheet -d 'The sheet to read in a workbook [default: the one whose header is known]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l to -d 'The buyer\'s mail address' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l name -d 'The buyer\'s name, for the salutation' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l from -d 'The sender [default: from, below [mail] in your configuration]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l language -d 'The language of the e-mail: en or zh [default: en, or as configured]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l template -d 'Your own words: a text file with the subject, an empty line, the text, and fields in braces' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l out -d 'Write the e-mail to this file, or to one for each claim in this folder' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l at -d 'The day of --sent [default: today]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l completed -d 'The affidavit that the buyer signed' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l dated -d 'The day on which the buyer signed it' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l force -d 'Replace files that are there already and differ'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l send -d 'Send it through the mail server of your configuration'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l send-again -d 'Send it although it was sent before, or although it is not known whether it was'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -l sent -d 'The buyer was asked in another way, or an e-mail that was in doubt arrived'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from affidavit" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -l status -d 'refunded, partial, pending (asked for, not paid yet) or none' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -l reason -d 'Why, in your words or the platform\'s' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -l amount -d 'How much was refunded' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -l at -d 'The day of the refund, or on which this was so [default: today]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from refund" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -l out -d 'A folder, in which each packet gets its own, or an archive of all: FILE.zip' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -l font -d 'A font for letters the built-in one does not have, such as Chinese; may be given more than once [default: those in config.toml, then the system\'s]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -l force -d 'Replace packets that are there already and differ'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from packet" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l amount -d 'What was lost or damaged is worth this much' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l repair-cost -d 'What does the repair cost?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l replacement-cost -d 'What does a replacement of the same kind cost?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l purchase-price -d 'What were the goods bought for?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l packaging-cost -d 'What did the packaging cost?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l shipping-fee -d 'What was the shipping fee?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l carrier-paid -d 'What did the carrier or anyone else pay already (0 if nothing)?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l signed-at -d 'When was the parcel signed for? (a day and a time such as 2026-11-03T14:30)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l found-at -d 'When was the incident found? (a day and a time such as 2026-11-03T14:30)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l notice-on -d 'On which day was the carrier told, or an inquiry opened? (a day such as 2026-11-03)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l due-on -d 'On which day did the carrier mean to deliver? (a day such as 2026-11-03)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l distance-m -d 'How far from the address was it delivered, in metres? (whole metres such as 650)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l filed-by -d 'Who files the claim? (one of seller, buyer, outlet, forwarder)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l parts -d 'How many of the parts are lost or damaged, of how many? (two numbers such as 1/2)' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l packaging-intact -d 'Did the packaging arrive intact?' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l fact -d 'The answer to any other question of the plan' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from amend" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l rejected -d 'It will not be paid, for this reason' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l needs-info -d 'The insurer asks for this' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l amount -d 'How much is granted' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l at -d 'The day of the decision [default: today]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -s i -l input -d 'Book a list of decisions, CSV or XLSX, with a header; - is stdin' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l encoding -d 'The encoding of the list\'s text, such as gbk, shift_jis, windows-1252 [default: the one its bytes show]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l member -d 'The file to read in a zip archive that holds several' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l sheet -d 'The sheet to read in a workbook [default: the one whose header is known]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l accepted -d 'It will be paid, all of what is payable or --amount'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l replace -d 'The last decision was noted wrongly: this one takes its place, and the history keeps both'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -l dry-run -d 'Decide everything, record nothing'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from decide" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -l reason -d 'Why the decision is wrong' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -l evidence -d 'A document: what it shows and where it is, such as invoice=inv.pdf' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -l dated -d 'The day the affidavit bears' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -l at -d 'The day the appeal was made [default: today]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from appeal" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l amount -d 'How much came [default: all that is still owed]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l at -d 'The day it came [default: today]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l reference -d 'The payer\'s word for it, which tells apart two payments alike' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -s i -l input -d 'Book a statement of payments, CSV or XLSX, with a header; - is stdin' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l encoding -d 'The encoding of the list\'s text, such as gbk, shift_jis, windows-1252 [default: the one its bytes show]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l member -d 'The file to read in a zip archive that holds several' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l sheet -d 'The sheet to read in a workbook [default: the one whose header is known]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -l dry-run -d 'Decide everything, record nothing'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from pay" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from withdraw" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from withdraw" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from withdraw" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from withdraw" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from withdraw" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from withdraw" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from withdraw" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from withdraw" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from withdraw" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from withdraw" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "check" -d 'May it be claimed, from and until when, what is missing, what would it pay? Files nothing'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "file" -d 'File a claim for each parcel named, or for each row of a list, each on its own merits'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a claim: what it asks, what it pays, its evidence and what is still missing'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "evidence" -d 'Documents that support a claim'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "affidavit" -d 'Ask the buyer for an affidavit, send it, note it, and add the signed one'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "refund" -d 'State whether the buyer was refunded, and why: insurers ask for it, and it documents the loss'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "packet" -d 'Make the packet a claim is sent with: claim form and invoice (PDF), its evidence, the affidavit, a manifest with all hashes'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "amend" -d 'State what became known of a claim after it was filed, until it is decided'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "decide" -d 'Book what the insurer decided, on one claim or on a list of them'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "appeal" -d 'Appeal a rejection, or an acceptance of less than the terms pay'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "pay" -d 'Record what was paid on a claim, or a statement of payments; with all of what was granted a claim is paid'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "withdraw" -d 'Take a claim back, for instance to file it for another reason; or the appeal that is heard'
complete -c insure -n "__fish_insure_using_subcommand claim; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand evidence" -l kind -d 'What they show, in the plan\'s words: invoice, photo [default: as their names begin]' -r
complete -c insure -n "__fish_insure_using_subcommand evidence" -l dated -d 'The day they bear (an affidavit counts only from a given day)' -r
complete -c insure -n "__fish_insure_using_subcommand evidence" -l name -d 'A name for the document that comes from stdin' -r
complete -c insure -n "__fish_insure_using_subcommand evidence" -l from -d 'All files of a folder; with no number before it, those in its folders, each named by a tracking, order, package, policy or claim number' -r -F
complete -c insure -n "__fish_insure_using_subcommand evidence" -s i -l input -d 'Take in a list of documents (id, kind, path, dated); - is stdin' -r -F
complete -c insure -n "__fish_insure_using_subcommand evidence" -l encoding -d 'The encoding of the list\'s text, such as gbk, shift_jis, windows-1252 [default: the one its bytes show]' -r
complete -c insure -n "__fish_insure_using_subcommand evidence" -l member -d 'The file to read in a zip archive that holds several' -r
complete -c insure -n "__fish_insure_using_subcommand evidence" -l sheet -d 'The sheet to read in a workbook [default: the one whose header is known]' -r
complete -c insure -n "__fish_insure_using_subcommand evidence" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand evidence" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand evidence" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand evidence" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand evidence" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand evidence" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand evidence" -l dry-run -d 'Decide everything, record and keep nothing'
complete -c insure -n "__fish_insure_using_subcommand evidence" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand evidence" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand evidence" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand evidence" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand status" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand status" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand status" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand status" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand status" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand status" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand status" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand status" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand status" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand status" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand search" -l status -d 'Insurance status: confirmed, effective, expired, cancelled' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l claim-status -d 'Status of the latest claim: draft, under_review, needs_info, accepted, rejected, paid, withdrawn, or none' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l carrier -d 'Carrier, in either case' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l to -d 'Country it goes to' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l shipped-from -d 'Shipped on this day or later' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l shipped-to -d 'Shipped on this day or before' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l created-from -d 'Recorded on this day or later' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l created-to -d 'Recorded on this day or before' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l value-from -d 'Worth this much or more' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l value-to -d 'Worth this much or less' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l claimable -d 'What looks lost, damaged, late or returned, has no claim, and can be claimed today; for one of them =loss, =damage, =delay or =returned' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l due -d 'The policies of what `insure due --within DAYS` lists: 7d' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l limit -d 'At most so many' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l after -d 'Only those after this policy, in the order of the search' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand search" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand search" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand search" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand search" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand search" -l totals -d 'Instead of the policies their totals: one row for each currency'
complete -c insure -n "__fish_insure_using_subcommand search" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand search" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand search" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand report" -l by -d 'Only these tables: month, carrier, route, category, plan, lane, missed; commas between several [default: all]' -r
complete -c insure -n "__fish_insure_using_subcommand report" -l carrier -d 'Carrier, in either case' -r
complete -c insure -n "__fish_insure_using_subcommand report" -l to -d 'Country they go to' -r
complete -c insure -n "__fish_insure_using_subcommand report" -l shipped-from -d 'Shipped on this day or later' -r
complete -c insure -n "__fish_insure_using_subcommand report" -l shipped-to -d 'Shipped on this day or before' -r
complete -c insure -n "__fish_insure_using_subcommand report" -l created-from -d 'Recorded on this day or later' -r
complete -c insure -n "__fish_insure_using_subcommand report" -l created-to -d 'Recorded on this day or before' -r
complete -c insure -n "__fish_insure_using_subcommand report" -l late-after -d 'Count as late what was delivered more than so many days after its ship date [default: the plan\'s own threshold, 30d where it names none]' -r
complete -c insure -n "__fish_insure_using_subcommand report" -l html -d 'Write it as a page with charts to this file as well: one file, nothing is loaded from anywhere' -r -F
complete -c insure -n "__fish_insure_using_subcommand report" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand report" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand report" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand report" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand report" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand report" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand report" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand report" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand report" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand advise" -l value -d 'What it is worth, as one figure' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l product -d 'What the buyer paid for the goods' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l coupon -d 'The platform\'s coupons' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l shipping -d 'The shipping fee the buyer paid' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l from -d 'Country it leaves from [default: the plan\'s home]' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l to -d 'Country it goes to [default: the plan\'s home]' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l carrier -d 'The carrier' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l service -d 'The carrier\'s service' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l shipped -d 'How it is handed over, in the plan\'s words, such as drop-box (insure plan show lists them)' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l goods -d 'The kind of goods' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l contents -d 'What is in it, in your words' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l fulfilment -d 'Whose label: platform-label, seller-label or platform-warehouse (FBT) [default: platform-label]' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l ship-date -d 'The day it is handed to the carrier' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l currency -d 'Currency of the amounts given here, and of those in a file that name none [default: the plan\'s]' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l fx -d 'What one CODE is in the plan\'s currency: EUR=1.0850 for a plan in USD says that 1 EUR is 1.0850 USD. With its day EUR=1.0850@2026-11-20; may be repeated' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand advise" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand advise" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand advise" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand advise" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand advise" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand advise" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand advise" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand advise" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand due" -l within -d 'Look ahead so many days for claims to file, appeals and documents in grace' -r
complete -c insure -n "__fish_insure_using_subcommand due" -l kind -d 'Only one kind: claim, appeal, evidence, affidavit, info, decision, payment' -r
complete -c insure -n "__fish_insure_using_subcommand due" -l limit -d 'At most so many' -r
complete -c insure -n "__fish_insure_using_subcommand due" -l after -d 'Only those after this one, by what its column `duty` says' -r
complete -c insure -n "__fish_insure_using_subcommand due" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand due" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand due" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand due" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand due" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand due" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand due" -l totals -d 'Instead of the duties their totals: one row for each kind and currency'
complete -c insure -n "__fish_insure_using_subcommand due" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand due" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand due" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand due" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -f -a "list" -d 'List the plans: the built-in ones and those in your plan folder'
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -f -a "show" -d 'Show the terms of a plan clause by clause, each with its figures and its source'
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -f -a "diff" -d 'Say what is different between two plans, or between two versions of one'
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -f -a "check" -d 'Check plan files: what is in them, or everything that is wrong, line by line'
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -f -a "accept" -d 'Accept a plan\'s one-time agreement, which buying cover needs'
complete -c insure -n "__fish_insure_using_subcommand plan; and not __fish_seen_subcommand_from list show diff check accept help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from list" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from list" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from list" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from list" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from list" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from list" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -l on -d 'The terms in force on this day [default: today]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l on -d 'Compare the terms in force on this day [default: today]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l from -d 'With one plan: the earlier day [default: today]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l to -d 'With one plan: the later day [default: today]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l cover -d 'The cover that is asked for in the replay: as it was chosen then, the included one, all of it, or as much as each parcel had [default: recorded]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -l replay -d 'Price the parcels recorded under the first plan again, under the other terms; csv and ndjson then have a row for each parcel'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from diff" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from check" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from check" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from check" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from check" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from check" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from check" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from accept" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from accept" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from accept" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from accept" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from accept" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from accept" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from accept" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from accept" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from accept" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from accept" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the plans: the built-in ones and those in your plan folder'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show the terms of a plan clause by clause, each with its figures and its source'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Say what is different between two plans, or between two versions of one'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check plan files: what is in them, or everything that is wrong, line by line'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "accept" -d 'Accept a plan\'s one-time agreement, which buying cover needs'
complete -c insure -n "__fish_insure_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -f -a "list" -d 'List the layouts: the built-in ones and those in your layout folder'
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -f -a "show" -d 'Show a layout: the columns it reads, and as what; or its file, to start one of your own from'
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -f -a "check" -d 'Check layout files: what is in them, or what is wrong, line by line'
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -f -a "new" -d 'Propose a layout for a file, from its header and first rows; the layout file goes to stdout'
complete -c insure -n "__fish_insure_using_subcommand layout; and not __fish_seen_subcommand_from list show check new help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from list" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from list" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from list" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from list" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from list" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from list" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -l toml -d 'Its file as it is'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from check" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from check" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from check" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from check" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from check" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from check" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l layout -d 'Read the file in this layout instead of the one its header shows' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l encoding -d 'The encoding of the file\'s text, such as gbk, shift_jis, windows-1252 [default: the one its bytes show]' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l member -d 'The file to read in a zip archive that holds several' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l sheet -d 'The sheet to read in a workbook [default: the one whose header is known]' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l amounts -d 'How the file writes amounts: point (1,234.56) or comma (1.234,56) [default: as its layout says, else as its columns show]' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l dates -d 'How the file writes days: month-first (11/03/2026) or day-first (03/11/2026) [default: as its layout says, else as its columns show]' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l zone -d 'Your time zone, such as America/Los_Angeles or -08:00: times that say how far they are from UTC count on your calendar; as-written takes every day as it stands [default: `zone` in config.toml, else as-written]' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from new" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the layouts: the built-in ones and those in your layout folder'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a layout: the columns it reads, and as what; or its file, to start one of your own from'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check layout files: what is in them, or what is wrong, line by line'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from help" -f -a "new" -d 'Propose a layout for a file, from its header and first rows; the layout file goes to stdout'
complete -c insure -n "__fish_insure_using_subcommand layout; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -f -a "check" -d 'Check the ledger and every document beside it; nothing is changed'
complete -c insure -n "__fish_insure_using_subcommand ledger; and not __fish_seen_subcommand_from check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from check" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from check" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from check" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from check" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from check" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from check" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check the ledger and every document beside it; nothing is changed'
complete -c insure -n "__fish_insure_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand completions" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand completions" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand completions" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand completions" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand completions" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand completions" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand completions" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand completions" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand completions" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand completions" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand man" -l dir -d 'Write all pages into this folder' -r -F
complete -c insure -n "__fish_insure_using_subcommand man" -l db -d 'The ledger: one SQLite file [default: insure.db in your data folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand man" -l format -d 'How to write the result to stdout' -r -f -a "table\t'For people: aligned columns'
json\t'One JSON document'
ndjson\t'One JSON object a line'
csv\t'Comma-separated values with a header'
ids\t'One identifier a line, to be read by the next command'"
complete -c insure -n "__fish_insure_using_subcommand man" -l today -d 'The day to reckon with, instead of today\'s date' -r
complete -c insure -n "__fish_insure_using_subcommand man" -l plan -d 'The plan whose terms apply [default: tiktok-upic]' -r
complete -c insure -n "__fish_insure_using_subcommand man" -l config -d 'Your configuration [default: insure/config.toml in your configuration folder]' -r -F
complete -c insure -n "__fish_insure_using_subcommand man" -l color -d 'When to colour the output' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Always'
never\t'Never'"
complete -c insure -n "__fish_insure_using_subcommand man" -s q -l quiet -d 'Only errors on stderr: no progress, no notes'
complete -c insure -n "__fish_insure_using_subcommand man" -s v -l verbose -d 'Say more on stderr: which layout, which plan, which ledger'
complete -c insure -n "__fish_insure_using_subcommand man" -s h -l help -d 'Print help'
complete -c insure -n "__fish_insure_using_subcommand man" -s V -l version -d 'Print version'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "quote" -d 'What does it cost to cover this parcel? One value, or a file row by row'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "insure" -d 'Cover one parcel together with its label'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "batch-insure" -d 'Cover a file of parcels; the layout is recognised by its header'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "track" -d 'Record what the carrier did: label, scan, delivery, trouble, cancellation'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "cancel" -d 'End a cover before the carrier\'s first scan; the premium is refunded as the terms say'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "claim" -d 'Judge, file, complete, decide, appeal and pay claims'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "evidence" -d 'Keep documents of a parcel before anything happens, such as packing photos; or list them'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "status" -d 'Show everything about an order, parcel, policy or claim, by any of its numbers'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "search" -d 'Find policies: every condition given must hold'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "report" -d 'What cover cost and what it paid, what is lost and late, what can still be claimed'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "advise" -d 'What would full cover of this parcel be worth? By what became of your own parcels'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "due" -d 'List what is due: claims to file before their window closes, documents and answers still owed, decisions and payments that are late, appeals that end soon'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "plan" -d 'Which terms there are, what they say, and the one-time agreement'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "layout" -d 'Which files can be read, what is read of them, and layouts of your own'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "ledger" -d 'Look after the ledger and the documents beside it'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "completions" -d 'Print a completion script for your shell'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "man" -d 'Print the manual page, or write one page a command into a folder'
complete -c insure -n "__fish_insure_using_subcommand help; and not __fish_seen_subcommand_from quote insure batch-insure track cancel claim evidence status search report advise due plan layout ledger completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "check" -d 'May it be claimed, from and until when, what is missing, what would it pay? Files nothing'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "file" -d 'File a claim for each parcel named, or for each row of a list, each on its own merits'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "show" -d 'Show a claim: what it asks, what it pays, its evidence and what is still missing'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "evidence" -d 'Documents that support a claim'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "affidavit" -d 'Ask the buyer for an affidavit, send it, note it, and add the signed one'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "refund" -d 'State whether the buyer was refunded, and why: insurers ask for it, and it documents the loss'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "packet" -d 'Make the packet a claim is sent with: claim form and invoice (PDF), its evidence, the affidavit, a manifest with all hashes'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "amend" -d 'State what became known of a claim after it was filed, until it is decided'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "decide" -d 'Book what the insurer decided, on one claim or on a list of them'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "appeal" -d 'Appeal a rejection, or an acceptance of less than the terms pay'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "pay" -d 'Record what was paid on a claim, or a statement of payments; with all of what was granted a claim is paid'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from claim" -f -a "withdraw" -d 'Take a claim back, for instance to file it for another reason; or the appeal that is heard'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "list" -d 'List the plans: the built-in ones and those in your plan folder'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "show" -d 'Show the terms of a plan clause by clause, each with its figures and its source'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "diff" -d 'Say what is different between two plans, or between two versions of one'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "check" -d 'Check plan files: what is in them, or everything that is wrong, line by line'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "accept" -d 'Accept a plan\'s one-time agreement, which buying cover needs'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from layout" -f -a "list" -d 'List the layouts: the built-in ones and those in your layout folder'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from layout" -f -a "show" -d 'Show a layout: the columns it reads, and as what; or its file, to start one of your own from'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from layout" -f -a "check" -d 'Check layout files: what is in them, or what is wrong, line by line'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from layout" -f -a "new" -d 'Propose a layout for a file, from its header and first rows; the layout file goes to stdout'
complete -c insure -n "__fish_insure_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "check" -d 'Check the ledger and every document beside it; nothing is changed'
