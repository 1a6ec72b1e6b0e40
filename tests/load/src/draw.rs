//! Chance, which follows from a seed.

use fastrand::Rng;

/// Draws one of several things, each as often as its weight says.
pub(crate) fn weighted<T: Copy>(rng: &mut Rng, things: &[(u32, T)]) -> Option<T> {
    let all = things.iter().map(|(weight, _)| weight).sum();
    let mut drawn = rng.u32(0..all);
    things.iter().find_map(|(weight, thing)| {
        let is_it = drawn < *weight;
        drawn = drawn.saturating_sub(*weight);
        is_it.then_some(*thing)
    })
}

/// A UUID.
pub(crate) fn uuid(rng: &mut Rng) -> String {
    let (a, b) = (rng.u64(..), rng.u64(..));
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        a >> 32,
        a >> 16 & 0xffff,
        a & 0xffff,
        b >> 48,
        b & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_drawn_as_often_as_it_weighs() {
        let mut rng = Rng::with_seed(7);
        let mut draw = || weighted(&mut rng, &[(1, 'a'), (0, 'b'), (3, 'c')]);
        let drawn: Vec<_> = (0..4000).filter_map(|_| draw()).collect();
        let count = |thing| drawn.iter().filter(|one| **one == thing).count();
        assert_eq!((count('b'), drawn.len()), (0, 4000));
        assert!((900..1100).contains(&count('a')), "{}", count('a'));
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let drawn = [7, 7, 8].map(|seed| uuid(&mut Rng::with_seed(seed)));
        assert_eq!(drawn[0], drawn[1]);
        assert_ne!(drawn[0], drawn[2]);
        assert_eq!(drawn[0].len(), 36);
    }
}
