#!/bin/sh
# Chooses hyper-parameters of the digits example: five-fold cross-validation with the 1,500 training
# images and three seeds, for each setting in a grid. The held-out images are not used. It prints the
# settings by mean loss, the best first, each with the number of images that are right, of 4,500.
#
#	choose.sh         chooses those of the MLP, which takes about ten minutes on two cores
#	choose.sh -conv   chooses those of the convolution, which takes less
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
go build -o "$folder/digits" ./examples/digits

# mlp and conv print the settings of a grid.
mlp() {
	for hidden in 100 200 400; do
		for batch in 16 32; do
			for rate in 0.005 0.01 0.02; do
				for decay in 0.03 0.1 0.3; do
					echo "-hidden $hidden -batch $batch -rate $rate -decay $decay"
				done
			done
		done
	done
}
conv() {
	for filters in 8,16 12,24 16,32; do
		for dropout in 0.25 0.5; do
			echo "-conv -filters $filters -dropout $dropout"
		done
	done
}
case "$*" in
"") grid=mlp ;;
-conv) grid=conv ;;
*)
	echo "want no argument, or -conv" >&2
	exit 2
	;;
esac

$grid | while read -r setting; do
	for seed in 1 2 3; do
		echo "$setting -seed $seed"
	done
done |
	GOMAXPROCS=1 xargs -P 2 -I '{}' sh -c 'echo "{}" $("$0" -folds 5 {} | tail -n 1)' "$folder/digits" |
	sed -E 's/ -seed [0-9]+ cross-validated accuracy: .* %, ([0-9]+) of [0-9]+ images; loss/ \1/' |
	awk '{ s = $1; for (i = 2; i <= NF - 2; i++) s = s " " $i; right[s] += $(NF - 1); loss[s] += $NF / 3 }
		END { for (s in loss) printf "loss %.4f, %d right: %s\n", loss[s], right[s], s }' |
	sort
