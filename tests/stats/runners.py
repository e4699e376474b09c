"""From the input of a ground-truth case to our public functions, one function a task, named after it."""

from __future__ import annotations

from typing import Any

from werkplaats.stats.location import fewest_sites, most_people, p_median, straight, within

Tree = dict[str, Any]


def location(given: Tree, options: Tree) -> Tree:
    """Sites among candidate nodes; numbers of sites are places in the list of candidates."""
    points = [(x, y) for x, y in given["xy"]]
    people: list[int] = given["population"]
    distances = straight([points[node] for node in given["candidate_nodes"]], points)
    reach = within(distances, given["radius"])
    most = most_people(reach, people, given["p"], fixed=given["fixed_sites"])
    fewest = fewest_sites(reach, people)
    middle = p_median(distances, people, given["p"])
    return {
        "mclp": {
            "covered_population": most.people,
            "share": most.people / sum(people),
            "optimal_sets": [list(most.sites)],
        },
        "p_median": {
            "objective": middle.objective,
            "set": list(middle.sites),
            "mean_distance": middle.mean_distance,
        },
        "lscp": {
            "min_sites_for_reachable": len(fewest.sites),
            "unreachable_nodes": list(fewest.unreachable),
        },
    }
