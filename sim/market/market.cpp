#include "sim/market/market.hpp"

#include <algorithm>

#include "models/market/substitution.hpp"
#include "models/quantity/quantity.hpp"
#include "sim/market/buyers.hpp"
#include "sim/market/dealers.hpp"
#include "sim/market/server_makers.hpp"
#include "sim/market/speculators.hpp"

namespace chokepoint::sim {
namespace {

/// What dealers had on top of the list price before anything was short.
constexpr double markup_at_start = 1.1;
constexpr double rate_memory_days = 30.0;

bool any_breach(const MarketSpec& spec) {
  for (std::size_t maker = 0; maker <= spec.other_makers.size(); ++maker)
    if (spec.vendor_of(maker).breach) return true;
  return false;
}

}  // namespace

Market::Market(Kernel& kernel, Setup setup)
    : kernel_(kernel),
      setup_(std::move(setup)),
      shocks_(setup_.spec, resolve_shocks(setup_.spec.shocks, setup_.seed, setup_.replicate)),
      accounts_(static_cast<Eigen::Index>(setup_.spec.products.size())),
      flows_(static_cast<Eigen::Index>(setup_.spec.regions.size()), accounts_.products()),
      replaced_(flows_.orders) {
  const MarketSpec& spec = setup_.spec;
  vendor_stock_holder_ = accounts_.open(1, spec.regions.front().currency);
  scrapped_ = accounts_.open(1, spec.regions.front().currency);
  std::vector<Vendor::RegionHolders> holders;
  for (const MarketRegion& region : spec.regions) {
    const Eigen::Index first = accounts_.open(7, region.currency);
    holders.push_back(
        {.cash = first, .escrow = first + 1, .transit = first + 2, .state = first + 3, .makers = first + 4});
    regions_.emplace_back();
    regions_.back().clearing = first + 5;
    regions_.back().escrow = first + 1;
    regions_.back().makers = first + 4;
    regions_.back().brokers = first + 6;
  }
  supply_ = std::make_unique<Supply>(Supply::Setup{.market = spec,
                                                   .accounts = accounts_,
                                                   .shocks = shocks_,
                                                   .flows = flows_,
                                                   .stock = vendor_stock_holder_,
                                                   .regions = std::move(holders),
                                                   .keep_details = setup_.keep_details});
  for (std::size_t r = 0; r < regions_.size(); ++r) open_region(r);
  if (any_breach(spec))
    for (std::size_t r = 0; r < regions_.size(); ++r)
      regions_[r].agents.push_back(std::make_unique<ServerMakers>(accounts_, regions_[r].makers));
  for (const ImporterCohort& cohort : spec.importers) open_importers(cohort);
  // What was made and ordered before the start was what wore out.
  supply_->begin_with(replaced_);
  if (setup_.days > 0) schedule_day();
}

Eigen::ArrayXd Market::prices_of_start(std::size_t region) const {
  Eigen::ArrayXd price = Eigen::ArrayXd::Zero(accounts_.products());
  for (Eigen::Index k = 0; k < price.size(); ++k)
    if (const auto& list = setup_.spec.products[static_cast<std::size_t>(k)].list_price[region])
      price[k] = markup_at_start * list->units();
  return price;
}

void Market::open_region(std::size_t index) {
  const MarketSpec& spec = setup_.spec;
  Region& region = regions_[index];
  const Eigen::Index products = accounts_.products();
  const Eigen::ArrayXd price = prices_of_start(index);
  region.books.resize(spec.products.size());
  region.board = {.spot = price,
                  .scarcity = price,
                  .list = price / markup_at_start,
                  .landed = price / markup_at_start,
                  .contract = price / markup_at_start,
                  .rent = Eigen::ArrayXd::Zero(products),
                  .lead_days = Eigen::ArrayXd::Zero(products),
                  .on_sale = Eigen::ArrayXd::Zero(products),
                  .launched = Eigen::ArrayXd::Zero(products),
                  .effective = Eigen::ArrayXd::Ones(products),
                  .legal_share = Eigen::ArrayXd::Ones(products),
                  .bid_rate = Eigen::ArrayXd::Zero(products),
                  .trade_rate = Eigen::ArrayXd::Zero(products)};
  region.experience = Eigen::ArrayXd::Zero(static_cast<Eigen::Index>(1 + spec.other_makers.size()));
  post(index);
  const Eigen::ArrayXd of_start = price * region.board.launched;
  Eigen::ArrayXd worn_out = Eigen::ArrayXd::Zero(products);
  for (const BuyerCohort& cohort : spec.buyers) {
    if (cohort.region != index) continue;
    region.agents.push_back(std::make_unique<Buyers>(
        Buyers::Setup{.cohort = cohort,
                      .market = spec,
                      .accounts = accounts_,
                      .supply = *supply_,
                      .first_holder = accounts_.open(cohort.count, spec.regions[index].currency),
                      .scrapped = scrapped_,
                      .brokers = region.brokers,
                      .price = of_start,
                      .compute = region.board.effective,
                      .seed = setup_.seed,
                      .replicate = setup_.replicate}));
    for (Eigen::Index k = 0; k < products; ++k)
      worn_out[k] += static_cast<double>(region.agents.back()->stock(k)) / static_cast<double>(cohort.life_days);
  }
  replaced_.row(static_cast<Eigen::Index>(index)) = worn_out.transpose();
  for (const DealerCohort& cohort : spec.dealers) {
    if (cohort.region != index) continue;
    region.agents.push_back(std::make_unique<Dealers>(
        Dealers::Setup{.cohort = cohort,
                       .accounts = accounts_,
                       .supply = *supply_,
                       .first_holder = accounts_.open(cohort.count, spec.regions[index].currency),
                       .sales = cohort.channel_share * worn_out,
                       .price = price.max(1.0),
                       .seed = setup_.seed,
                       .replicate = setup_.replicate}));
  }
  for (const SpeculatorCohort& cohort : spec.speculators) {
    if (cohort.region != index) continue;
    region.agents.push_back(std::make_unique<Speculators>(
        Speculators::Setup{.cohort = cohort,
                           .accounts = accounts_,
                           .first_holder = accounts_.open(cohort.count, spec.regions[index].currency),
                           .seed = setup_.seed,
                           .replicate = setup_.replicate}));
  }
}

void Market::open_importers(const ImporterCohort& cohort) {
  const auto& regions = setup_.spec.regions;
  const Eigen::Index abroad = accounts_.open(3, regions[cohort.from].currency);
  const Eigen::Index at_home = accounts_.open(2, regions[cohort.region].currency);
  importers_.push_back(std::make_shared<Importers>(Importers::Setup{.cohort = cohort,
                                                                    .accounts = accounts_,
                                                                    .shocks = shocks_,
                                                                    .flows = flows_,
                                                                    .from = regions_[cohort.from].board,
                                                                    .to = regions_[cohort.region].board,
                                                                    .buyer = abroad,
                                                                    .transit = abroad + 1,
                                                                    .exchange_from = abroad + 2,
                                                                    .seller = at_home,
                                                                    .exchange_to = at_home + 1,
                                                                    .lost = scrapped_}));
  regions_[cohort.from].agents.push_back(std::make_unique<ImportersAbroad>(importers_.back()));
  regions_[cohort.region].agents.push_back(std::make_unique<ImportersAtHome>(importers_.back()));
}

bool Market::is_imported(std::size_t region, Eigen::Index product) const {
  for (std::size_t i = 0; i < importers_.size(); ++i)
    if (setup_.spec.importers[i].region == region && importers_[i]->brings(product)) return true;
  return false;
}

double Market::effective_compute(const Region& region, std::size_t product) const {
  const MarketProduct& good = setup_.spec.products[product];
  if (!good.switching) return good.compute;
  return good.compute / models::price_with_switching(1.0, good.switching->cost,
                                                     region.experience[static_cast<Eigen::Index>(good.maker)],
                                                     good.switching->half_life_gpu_years);
}

/// Of those who use goods, by maker, where an ecosystem is learned.
void Market::gain_experience(Region& region) {
  constexpr double days_per_year = 365.25;
  const auto& products = setup_.spec.products;
  for (std::size_t p = 0; p < products.size(); ++p) {
    const MarketProduct& product = products[p];
    const auto is_learned = [&](const MarketProduct& other) { return other.switching && other.maker == product.maker; };
    if (std::ranges::none_of(products, is_learned)) continue;
    std::int64_t goods = 0;
    for (const auto& agents : region.agents)
      if (agents->uses_goods()) goods += agents->stock(static_cast<Eigen::Index>(p));
    region.experience[static_cast<Eigen::Index>(product.maker)] +=
        static_cast<double>(goods * product.gpus) / days_per_year;
  }
}

void Market::schedule_day() {
  const double time_s = static_cast<double>(day_) * models::seconds_per_day;
  for (const Phase phase : {Phase::arrivals, Phase::decisions, Phase::records})
    kernel_.schedule({.time_s = time_s,
                      .phase = phase,
                      .id = setup_.id,
                      .handler = this,
                      .argument = static_cast<std::uint64_t>(phase)});
}

void Market::on_event(std::uint64_t argument) {
  const auto phase = static_cast<Phase>(argument);
  if (phase == Phase::arrivals) open_day();
  if (phase == Phase::decisions) trade();
  tell_watchers(phase);
  if (phase == Phase::records && ++day_ < setup_.days) schedule_day();
}

void Market::tell_watchers(Phase after) {
  for (const Watcher& watcher : watchers_)
    if (watcher.after == after) watcher.tell(*this);
}

void Market::open_day() {
  flows_.clear();
  supply_->open_day(day_);
  for (const auto& importers : importers_) importers->arrive(day_);
}

/// What everybody in a region learns in the morning.
void Market::post(std::size_t index) {
  Region& region = regions_[index];
  MarketBoard& board = region.board;
  board.day = day_;
  board.demand = shocks_.demand(index, day_);
  for (Eigen::Index k = 0; k < accounts_.products(); ++k) {
    const auto product = static_cast<std::size_t>(k);
    const MarketLane lane{.product = product, .region = index};
    const bool sold_here = setup_.spec.products[product].list_price[index].has_value();
    board.effective[k] = effective_compute(region, product);
    const bool on_market = (sold_here && day_ >= shocks_.launch_day(product)) || is_imported(index, k);
    // Nobody lists what importers alone bring.
    if (on_market && board.launched[k] == 0.0 && !sold_here)
      board.spot[k] = board.scarcity[k] = models::worth_as_others(board.spot * board.launched, board.effective, k);
    board.launched[k] = on_market ? 1.0 : 0.0;
    const Vendor& vendor = supply_->of(k);
    board.on_sale[k] = vendor.on_sale(lane, day_) ? 1.0 : 0.0;
    board.lead_days[k] = vendor.lead_days(lane);
    board.list[k] = vendor.prices().list(lane).units();
    board.landed[k] = board.list[k] * (1.0 + vendor.prices().duty(lane));
    board.contract[k] = vendor.prices().contract(lane).units() + board.landed[k] - board.list[k];
    board.legal_share[k] = shocks_.legal_share(lane, day_, setup_.spec.horizon_days);
  }
}

void Market::weigh_scarcity(Region& region) {
  MarketBoard& board = region.board;
  const Eigen::Index products = accounts_.products();
  auto& [market, groups, terms, start, lowest] = weighing_;
  std::size_t count = 0;
  for (const auto& agents : region.agents)
    if (const models::ScarcityGroup* group = agents->need(board)) {
      if (count == groups.size()) groups.emplace_back();
      groups[count] = *group;
      groups[count++].effective *= board.launched;
    }
  terms.sharpness = setup_.spec.sharpness;
  terms.supply.setZero(products);
  const auto index = static_cast<std::size_t>(&region - regions_.data());
  for (Eigen::Index k = 0; k < products; ++k) {
    if (board.launched[k] == 0.0) continue;
    for (const auto& agents : region.agents) terms.supply[k] += static_cast<double>(agents->for_sale(k));
    terms.supply[k] += supply_->of(k).arrival_rate({.product = static_cast<std::size_t>(k), .region = index}) *
                       setup_.spec.horizon_days * board.legal_share[k];
  }
  start = board.scarcity.max(1e-4);
  lowest = (lowest_share_of_list * board.list).max(1e-4);
  const auto& value = market.value(std::span(groups).first(count), terms, start, lowest);
  board.scarcity = (board.launched > 0.0).select(value.price, board.scarcity);
  weigh_rent(region);
}

/// Of several cohorts of lessors, by what each has.
void Market::weigh_rent(Region& region) {
  const Eigen::Index products = accounts_.products();
  region.board.rent.setZero();
  for (Eigen::Index k = 0; k < products; ++k) {
    double let = 0.0;
    double rents = 0.0;
    for (const auto& agents : region.agents) {
      if (agents->rent() == 0.0) continue;
      const auto goods = static_cast<double>(agents->stock(k));
      let += goods;
      rents += goods * agents->rent();
    }
    if (let > 0.0) region.board.rent[k] = region.board.effective[k] * rents / let;
  }
}

void Market::trade() {
  for (std::size_t r = 0; r < regions_.size(); ++r) {
    Region& region = regions_[r];
    post(r);
    weigh_scarcity(region);
    region.board.history.push(region.board.spot);
    for (const auto& agents : region.agents) agents->quote(region.board, region.books);
    for (Eigen::Index k = 0; k < accounts_.products(); ++k) {
      if (region.board.launched[k] == 0.0) continue;
      const auto day =
          region.books[static_cast<std::size_t>(k)].settle(accounts_, region.clearing, k, region.board.spot[k]);
      region.board.spot[k] = day.price;
      supply_->of(k).prices().see_spot({.product = static_cast<std::size_t>(k), .region = r}, day.price);
      region.board.bid_rate[k] += (static_cast<double>(day.bid) - region.board.bid_rate[k]) / rate_memory_days;
      region.board.trade_rate[k] += (static_cast<double>(day.volume) - region.board.trade_rate[k]) / rate_memory_days;
      flows_.traded(static_cast<Eigen::Index>(r), k) = static_cast<double>(day.volume);
      flows_.asked(static_cast<Eigen::Index>(r), k) = day.asked;
    }
    for (const auto& agents : region.agents) agents->order(region.board);
    gain_experience(region);
  }
  supply_->ask(day_);
}

}  // namespace chokepoint::sim
